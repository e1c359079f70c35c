"""Proves a generated package before it replaces the old one: every module compiles, names what is there, and loads."""

from __future__ import annotations

import ast
import contextlib
import importlib
import importlib.util
import itertools
import json
import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ruff import find_ruff_bin

_numbers = itertools.count()
_FORMAT = ("check", "--fix", "--select", "I,F401,F811,F821", "--output-format", "json")


@dataclass(frozen=True)
class Fault:
    """A module that is not good, and why."""

    module: str
    what: str


def format_and_lint(package: Path, settings: Path) -> Iterator[Fault]:
    """Format a package in its place; faults are names that are missing, or bound twice, and what is no Python."""
    options = ["--config", str(settings), "--no-cache", "--quiet", str(package)]
    run = _ruff(*_FORMAT, *options)
    if run.returncode:
        found = json.loads(run.stdout) if run.stdout.startswith("[") else []
        for each in found:
            yield Fault(Path(each["filename"]).relative_to(package.resolve()).as_posix(), each["message"])
        if not found:
            yield Fault("", f"{run.stdout}{run.stderr}".strip())
        return
    run = _ruff("format", *options)
    if run.returncode:
        yield Fault("", f"{run.stdout}{run.stderr}".strip())


def prove(package: Path) -> Iterator[Fault]:
    """Load every module of a package, under a name that nobody else uses."""
    # Models first: whatever is wrong with one would else be laid to the first route that uses it.
    paths = sorted(package.rglob("*.py"), key=lambda path: (path.parent.name != "models", path))
    for path in paths:
        name = path.relative_to(package).as_posix()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                tree = ast.parse(path.read_text(encoding="utf-8"))
                compile(tree, name, "exec")
            except (SyntaxError, SyntaxWarning, ValueError) as error:
                yield Fault(name, f"{type(error).__name__}: {error}")
                continue
        yield from (Fault(name, what) for what in _shadowed(tree))
    with _importable(package) as root:
        for path in paths:
            name = path.relative_to(package).with_suffix("").as_posix()
            module = ".".join([root, *(part for part in name.split("/") if part != "__init__")])
            try:
                importlib.import_module(module)
            except Exception as error:
                yield Fault(f"{name}.py", f"{type(error).__name__}: {error}".replace(root, package.name))


def _shadowed(tree: ast.Module) -> Iterator[str]:
    """Definitions and parameters that hide a name which the module imports."""
    bound = {
        alias.asname or alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    for definition in tree.body:
        if isinstance(definition, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and definition.name in bound:
            yield f"{definition.name} hides a name that the code needs"
    for function in tree.body:
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = function.args
            named = {each.arg for each in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]}
            for name in sorted(named & bound):
                yield f"the parameter {name} of {function.name} hides a name that the code needs"


@contextlib.contextmanager
def _importable(package: Path) -> Iterator[str]:
    name = f"_staged_{next(_numbers)}"
    spec = importlib.util.spec_from_file_location(
        name, package / "__init__.py", submodule_search_locations=[str(package)]
    )
    assert spec is not None
    assert spec.loader is not None
    without_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
        yield name
    finally:
        sys.dont_write_bytecode = without_bytecode
        for loaded in [each for each in sys.modules if each == name or each.startswith(f"{name}.")]:
            del sys.modules[loaded]


def _ruff(*arguments: str) -> subprocess.CompletedProcess[str]:
    # The program itself: `python -m ruff` would start another Python first.
    return subprocess.run([find_ruff_bin(), *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
