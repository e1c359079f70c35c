"""Proves a generated package before it replaces the old one: every module compiles, finds its names, and loads."""

from __future__ import annotations

import ast
import importlib
import itertools
import json
import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType

from ruff import find_ruff_bin

_numbers = itertools.count()
# Unused imports go first: sorted with them, what remains would be spread over many lines.
_STEPS = (
    ("check", "--fix", "--select", "F401,F811,F821", "--output-format", "json"),
    ("check", "--fix", "--select", "I"),
    ("format",),
)


@dataclass(frozen=True)
class Fault:
    """A faulty module, and its fault."""

    module: str
    what: str


def format_and_lint(package: Path, settings: Path) -> Iterator[Fault]:
    """Format a package in place; faults are names that are missing or bound twice, and invalid Python."""
    options = ["--config", str(settings), "--no-cache", "--quiet", str(package)]
    for step in _STEPS:
        run = _ruff(*step, *options)
        if run.returncode:
            found = json.loads(run.stdout) if run.stdout.startswith("[") else []
            for each in found:
                yield Fault(Path(each["filename"]).relative_to(package.resolve()).as_posix(), each["message"])
            if not found:
                yield Fault("", f"{run.stdout}{run.stderr}".strip())
            return


def prove(package: Path) -> Iterator[Fault]:
    """Load every module of a package, under a name that nothing else uses."""
    finder = PackageFinder(f"_staged_{next(_numbers)}", package)
    for name, module in finder.modules.items():
        yield from (Fault(name, what) for what in module.faults)
    sys.meta_path.insert(0, finder)
    try:
        for name in finder.modules:
            try:
                importlib.import_module(finder.full_name(name))
            except Exception as error:
                what = f"{type(error).__name__}: {error}".replace(finder.root, package.name)
                yield Fault(name, what)
    finally:
        sys.meta_path.remove(finder)
        for loaded in [each for each in sys.modules if each == finder.root or each.startswith(f"{finder.root}.")]:
            del sys.modules[loaded]


@dataclass(frozen=True)
class _Module:
    code: CodeType
    faults: tuple[str, ...]


@cache
def _compiled(text: str, name: str) -> _Module:
    """A module and its faults. Most modules of two packages are the same, and compiling takes most of the time."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            tree = ast.parse(text)
            # Not with the future statements of this module, which the real import will not have.
            return _Module(compile(tree, name, "exec", dont_inherit=True), tuple(_shadowed(tree)))
        except (SyntaxError, SyntaxWarning, ValueError) as error:
            return _Module(compile("", name, "exec"), (f"{type(error).__name__}: {error}",))


class PackageFinder(Loader):
    """Imports a generated package from where it is, under another name.

    Attributes:
        root: The name.
        modules: The modules by their files; models first, because otherwise the first route that uses a faulty one
            would be blamed.
    """

    def __init__(self, root: str, package: Path) -> None:
        self.root, self._package = root, package
        paths = sorted(package.rglob("*.py"), key=lambda path: (path.parent.name != "models", path))
        names = {path.relative_to(package).as_posix(): path for path in paths}
        self.modules = {name: _compiled(path.read_text(encoding="utf-8"), name) for name, path in names.items()}

    def full_name(self, file: str) -> str:
        return ".".join([self.root, *(part for part in file.removesuffix(".py").split("/") if part != "__init__")])

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        root, _, below = fullname.partition(".")
        if root != self.root:
            return None
        name = below.replace(".", "/")
        for file in (f"{name}.py", f"{name}/__init__.py".lstrip("/")):
            if file in self.modules:
                spec = ModuleSpec(fullname, self, origin=str(self._package / file))
                if file.endswith("__init__.py"):
                    spec.submodule_search_locations = [str((self._package / file).parent)]
                spec.has_location = True
                return spec
        return None

    def exec_module(self, module: ModuleType) -> None:
        origin = Path(str(module.__file__)).relative_to(self._package).as_posix()
        exec(self.modules[origin].code, vars(module))


def _shadowed(tree: ast.Module) -> Iterator[str]:
    """Definitions and parameters that hide a name that the module imports."""
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


def _ruff(*arguments: str) -> subprocess.CompletedProcess[str]:
    # The program itself: `python -m ruff` would start another Python first.
    return subprocess.run([find_ruff_bin(), *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
