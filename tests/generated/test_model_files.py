"""A model's file holds its class and its fields; everything else is made from them at run time."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from rescalehtc_generated import models

FOLDER = Path(models.__file__).parent
TREES = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("[!_]*.py"))}


def is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def class_of(module: str) -> ast.ClassDef:
    *imports, cls = TREES[module].body
    assert all(isinstance(node, ast.Import | ast.ImportFrom) for node in imports)
    assert isinstance(cls, ast.ClassDef)
    return cls


@pytest.mark.parametrize("module", TREES)
def test_it_holds_imports_and_one_class_of_documented_fields(module: str) -> None:
    cls = class_of(module)
    assert not cls.decorator_list
    assert is_docstring(cls.body[0])
    if isinstance(cls.body[1], ast.Assign):  # an enum
        assert all(isinstance(node, ast.Assign) for node in cls.body[1:])
        return
    fields, docs = cls.body[1::2], cls.body[2::2]
    assert len(fields) == len(docs)
    assert all(isinstance(field, ast.AnnAssign) for field in fields)
    assert all(map(is_docstring, docs))


def test_most_lines_are_fields_and_docs() -> None:
    lines = wanted = 0
    for module in TREES:
        text = (FOLDER / f"{module}.py").read_text(encoding="utf-8")
        lines += sum(bool(line.strip()) for line in text.splitlines())
        wanted += sum((node.end_lineno or 0) - node.lineno + 1 for node in class_of(module).body)
    assert wanted / lines >= 0.7
