"""A small API description that tests change in one place, and the code generated from it."""

import copy
import importlib
import itertools
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from generator.client.build import PACKAGE, build, read
from generator.client.proof import PackageFinder
from generator.client.views import Views
from generator.client.yaml_source import Source

SMALL = Path(__file__).with_name("small.yaml")
Edit = Callable[[dict[str, Any]], object]
_numbers = itertools.count()


def describe(document: dict[str, Any]) -> None:
    """Give a description to the fields that an edit has left without one."""
    for schema in document["components"]["schemas"].values():
        for field in schema.get("properties", {}).values():
            if "$ref" not in field:
                field.setdefault("description", "A field.")


@pytest.fixture
def small_with(tmp_path: Path) -> Callable[..., Path]:
    """Writes the small description after an edit, one line per value so that each has its line."""
    original = Source(SMALL.read_text(encoding="utf-8")).value

    def write(edit: Edit | None = None) -> Path:
        document = copy.deepcopy(original)
        if edit:
            edit(document)
        describe(document)
        path = tmp_path / f"small-{next(_numbers)}.yaml"
        path.write_text(json.dumps(document, indent=1, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def load(spec: Path, folder: Path) -> ModuleType:
    """Build and import a client under a name of its own, so that several can be loaded at once."""
    build(spec, folder)
    finder = PackageFinder(f"small_client_{next(_numbers)}", folder / PACKAGE)
    # It stays, because models and routes are loaded when they are first used. Before the finder of files, which would
    # compile everything again.
    sys.meta_path.insert(0, finder)
    for part in ("models", "functions", "async_functions", "client", "types"):
        importlib.import_module(f"{finder.root}.{part}")
    return importlib.import_module(finder.root)


@pytest.fixture
def client_of(tmp_path: Path, small_with: Callable[..., Path]) -> Callable[..., Any]:
    """The client of the small description after an edit."""

    def make(edit: Edit | None = None) -> Any:
        return load(small_with(edit), tmp_path / f"client-{next(_numbers)}")

    return make


@pytest.fixture
def client_from(tmp_path: Path) -> Callable[[Path], ModuleType]:
    """The client of a description."""
    return lambda spec: load(spec, tmp_path / f"client-{next(_numbers)}")


@pytest.fixture(scope="session")
def load_client() -> Callable[[Path, Path], ModuleType]:
    """The client of a description, built in a folder."""
    return load


@pytest.fixture(scope="module")
def small_client(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The client of the unchanged small description."""
    return load(SMALL, tmp_path_factory.mktemp("client"))


@pytest.fixture(scope="session")
def htc_views() -> Views:
    """Classes, routes and functions of the API itself."""
    return read()
