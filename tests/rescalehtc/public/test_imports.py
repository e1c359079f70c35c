"""What importing costs, and what can be imported."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import rescalehtc
from rescalehtc import aio, api, models
from rescalehtc_generated import errors


def loaded_by(program: str) -> set[str]:
    code = f"import sys; before = set(sys.modules)\n{program}\nprint(*set(sys.modules) - before)"
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout
    return set(output.split())


@pytest.mark.slow
def test_the_package_loads_nothing() -> None:
    """Not even importlib, which with the module warnings took longer than all the rest."""
    assert loaded_by("import rescalehtc") == {"rescalehtc"}


@pytest.mark.slow
def test_a_session_loads_nothing_for_calls_before_its_first_one() -> None:
    loaded = loaded_by("from rescalehtc import HtcSession, exceptions; HtcSession(api_key='k' * 8)")
    assert not {"httpx", "ssl", "asyncio", "attrs", "rescalehtc._http.exchange", "rescalehtc_generated.client"} & loaded


@pytest.mark.slow
def test_a_model_alone_loads_no_session() -> None:
    loaded = loaded_by("from rescalehtc.models import HTCProject")
    assert not {"httpx", "rescalehtc.htcsession", "rescalehtc_generated.models.htc_job"} & loaded


@pytest.mark.parametrize("module", ["rescalehtc", "api", "aio", "models", "exceptions", "metrics", "concurrency"])
def test_every_exported_name_exists(module: str) -> None:
    found = importlib.import_module(module if module == "rescalehtc" else f"rescalehtc.{module}")
    assert len(found.__all__) == len(set(found.__all__))
    for name in found.__all__:
        assert getattr(found, name) is not None
        assert name in dir(found)


def test_missing_names() -> None:
    for module in (rescalehtc, models):
        with pytest.raises(AttributeError, match="nonsense"):
            _ = module.nonsense


@pytest.mark.slow
def test_imports_within_the_package_are_relative() -> None:
    package = Path(rescalehtc.__file__).parent
    found = [
        f"{path.relative_to(package)}:{node.lineno}"
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and not node.level and f"{node.module}.".startswith("rescalehtc.")
    ]
    assert found == []


def test_modules_of_functions_hold_functions() -> None:
    for module in (api, aio):
        for name in module.__all__:
            assert callable(getattr(module, name)) or inspect.ismodule(getattr(module, name))
            assert getattr(module, name).__doc__


def keys_in(tree: ast.AST) -> Iterator[ast.expr | None]:
    """The expressions in the place of a key: ``{key: …}``, ``x[key]``, ``x.get(key)``, ``key in x``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            yield from node.keys
        elif isinstance(node, ast.Subscript):
            yield node.slice
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".get", ".pop")):
            yield from node.args[:1]
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            yield node.left


@pytest.mark.slow
def test_no_module_spells_a_field_of_the_api() -> None:
    """The generated models know the names; a renamed field must not be wrong in silence elsewhere."""
    description = json.loads(Path(errors.__file__).with_name("openapi.json").read_text(encoding="utf-8"))
    schemas = description["components"]["schemas"].values()
    fields = {name for schema in schemas for name in schema.get("properties", {})}
    package = Path(rescalehtc.__file__).parent
    found: list[str] = []
    for path in package.rglob("*.py"):
        if path.relative_to(package).parts[0] == "local":
            continue
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        # Names in lower case are also ordinary words. A module that asks the models for names asks for all of them.
        plain = keys_in(tree) if "WireNames(" in text else ()
        found += [
            f"{path.relative_to(package)}:{node.lineno}: {node.value}"
            for nodes, names in ((ast.walk(tree), {name for name in fields if not name.islower()}), (plain, fields))
            for node in nodes
            if isinstance(node, ast.Constant) and node.value in names
        ]
    assert found == []
