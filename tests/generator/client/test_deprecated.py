"""Names of earlier versions keep working for one minor version, and say what to use."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.client import naming
from generator.client.build import build
from generator.client.naming import Deprecated
from generator.client.spec import SpecError

pytestmark = pytest.mark.slow

SHELF = {"shelfId": "s1", "title": "Novels", "colour": "RED"}
OLD = {
    "get_shelf_list": Deprecated("get_shelves", "99.1"),
    "get_librarian": Deprecated(None, "99.1"),
    "Rack": Deprecated("Shelf", "99.1"),
    "Hue": Deprecated("Colour", "99.1"),
    "Shelf.name": Deprecated("title", "99.1"),
}


class Session:
    def send(self, call: Any) -> str:
        return call.target

    def collect(self, call: Any, max_items: int | None = None) -> list[str]:
        return [call.target]


@pytest.fixture
def client(client_of: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(naming, "DEPRECATED", OLD)
    return client_of()


def test_a_renamed_function_warns_and_works(client: Any) -> None:
    with pytest.warns(
        DeprecationWarning, match=r"get_shelf_list is now called get_shelves; .* goes in .* 99\.1"
    ) as seen:
        assert client.functions.get_shelf_list(Session(), "s1") == "/shelves/s1"
    # The warning points at the caller's line, so that the default filter of Python shows it.
    assert seen[0].filename == __file__
    assert "get_shelf_list" in client.functions.__all__
    assert client.async_functions.get_shelf_list.__deprecated__.startswith("get_shelf_list is now")


def test_a_function_of_a_removed_route_says_so(client: Any) -> None:
    with (
        pytest.warns(DeprecationWarning, match="get_librarian is no longer offered by the service"),
        pytest.raises(NotImplementedError, match="the service no longer offers this"),
    ):
        client.functions.get_librarian(Session(), "anna", detail=True)
    assert inspect.iscoroutinefunction(client.async_functions.get_librarian)


def test_notices_need_no_ignored_errors(client: Any) -> None:
    # Formatting moves a comment to another line, where it ignores nothing.
    text = inspect.getsource(client.functions)
    assert "__deprecated__" not in text
    assert "type: ignore" not in text
    assert client.functions.get_librarian.__deprecated__.startswith("get_librarian is no longer offered")


@pytest.mark.parametrize(("old", "new"), [("Rack", "Shelf"), ("Hue", "Colour")])
def test_a_renamed_class_warns_and_is_the_new_one(old: str, new: str, client: Any) -> None:
    with pytest.warns(DeprecationWarning, match=f"{old} is now called {new}") as seen:
        assert getattr(client.models, old) is getattr(client.models, new)
    assert seen[0].filename == __file__
    assert old in client.models.__all__


def test_a_renamed_attribute_warns_and_reads_the_new_one(client: Any) -> None:
    shelf = client.models.Shelf.from_dict(SHELF)
    with pytest.warns(DeprecationWarning, match=r"Shelf\.name is now called title"):
        assert shelf.name == "Novels"
    assert shelf.to_dict() == SHELF


@pytest.mark.parametrize(
    ("name", "entry", "message"),
    [
        ("get_shelves", Deprecated("post_shelves", "99.1"), "the name is in use"),
        ("get_old", Deprecated("get_nothing", "99.1"), "there is no get_nothing"),
        ("Old", Deprecated(None, "99.1"), "there is no None"),
        ("Shelf.title", Deprecated("width", "99.1"), "the name is in use"),
        ("Shelf.name", Deprecated("label", "99.1"), "there is no label"),
        ("Rack.name", Deprecated("title", "99.1"), "there is no such class"),
        ("get_old", Deprecated("get_shelves", "1.9"), r"was to be removed in 1\.9, and this is"),
        ("get_old", Deprecated("get_shelves", "soon"), "'soon' is not a version"),
    ],
)
def test_the_table_is_checked(
    name: str,
    entry: Deprecated,
    message: str,
    small_with: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(naming, "DEPRECATED", {name: entry})
    with pytest.raises(SpecError, match=message):
        build(small_with(), tmp_path)
