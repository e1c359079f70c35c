"""How the generated classes read what a service sends, construct by construct."""

import copy
import inspect
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest

SHELF = {"shelfId": "s1", "title": "Novels", "colour": "RED"}


@pytest.mark.slow
def test_enums(small_client: Any) -> None:
    shelf = small_client.models.Shelf.from_dict({**SHELF, "colours": ["DARK_BLUE", "PINK", None]})
    assert shelf.colour is small_client.models.Colour.RED
    assert shelf.colours == [small_client.models.Colour.DARK_BLUE, "PINK", None]
    assert [member.value for member in small_client.models.Colour] == ["RED", "DARK_BLUE"]
    assert shelf.to_dict()["colours"] == ["DARK_BLUE", "PINK", None]


@pytest.mark.slow
def test_whole_number_enums(client_of: Callable[..., Any]) -> None:
    def edit(document: dict[str, Any]) -> None:
        schemas = document["components"]["schemas"]
        schemas["Level"] = {"type": "integer", "description": "A level.", "enum": [1, 2, -1]}
        schemas["Board"]["properties"]["level"] = {"$ref": "#/components/schemas/Level"}

    models = client_of(edit).models
    board = models.Board.from_dict({"level": 2})
    assert board.level is models.Level.VALUE_2
    assert models.Board.from_dict({"level": 9}).to_dict() == {"level": 9}
    assert "Level | int | None" in inspect.getsource(models.Board)


@pytest.mark.slow
def test_models_that_lead_back_to_each_other(small_client: Any) -> None:
    data = {**SHELF, "parent": {**SHELF, "parent": None}, "board": {"shelf": {**SHELF, "board": {"length": 3}}}}
    shelf = small_client.models.Shelf.from_dict(data)
    assert shelf.board.shelf.board.length == 3
    assert shelf.parent.title == "Novels"
    assert shelf.to_dict() == data


@pytest.mark.slow
def test_maps(small_client: Any) -> None:
    data = {**SHELF, "counts": {"Eco": 3}, "boards": {"top": {"length": 1}, "x": None}, "extra": {"a": [1, {}]}}
    shelf = small_client.models.Shelf.from_dict(data)
    assert shelf.counts == {"Eco": 3}
    assert shelf.boards["top"].length == 1
    assert shelf.extra == {"a": [1, {}]}
    assert shelf.to_dict() == data


@pytest.mark.slow
@pytest.mark.parametrize(("value", "kind"), [({"secret": "x", "more": 1}, "Key"), ("anna", "str"), (None, "NoneType")])
def test_choices(value: Any, kind: str, small_client: Any) -> None:
    shelf = small_client.models.Shelf.from_dict({**SHELF, "owner": value})
    assert type(shelf.owner).__name__ == kind
    assert shelf.to_dict()["owner"] == value


def test_sensitive_fields_and_unknown_values_never_show(small_client: Any) -> None:
    key = small_client.models.Key.from_dict({"secret": "abc123", "owner": "anna", "token": "def456"})
    assert repr(key) == "Key(secret=***, owner='anna', token=…)"
    shelf = small_client.models.Shelf.from_dict({**SHELF, "owner": {"secret": "abc123"}})
    assert "abc123" not in repr(shelf) + str(shelf)
    assert key.secret == "abc123"


def test_required_read_only_fields_need_no_value(small_client: Any) -> None:
    shelf = small_client.models.Shelf(title="Novels", colour=None)
    assert shelf.shelf_id is None
    assert shelf.to_dict() == {"title": "Novels"}
    with pytest.raises(TypeError, match="title"):
        small_client.models.Shelf(colour=None)
    assert 'shelf_id: str = field("shelfId", default=ABSENT)' in inspect.getsource(small_client.models.Shelf)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022-03-10T16:15:50Z", datetime(2022, 3, 10, 16, 15, 50, tzinfo=UTC)),
        ("2022-03-10T16:15:50.12Z", datetime(2022, 3, 10, 16, 15, 50, 120000, tzinfo=UTC)),
        ("2022-03-10T16:15:50.123456789Z", datetime(2022, 3, 10, 16, 15, 50, 123456, tzinfo=UTC)),
        ("2022-03-10T18:15:50+02:00", datetime(2022, 3, 10, 16, 15, 50, tzinfo=UTC)),
        ("2022-03-10 16:15:50", datetime(2022, 3, 10, 16, 15, 50, tzinfo=UTC)),
        ("20220310T161550Z", datetime(2022, 3, 10, 16, 15, 50, tzinfo=UTC)),
        ("Thu, 10 Mar 2022 16:15:50 GMT", datetime(2022, 3, 10, 16, 15, 50, tzinfo=UTC)),
        ("2022-03-10", None),
        ("", None),
        ("soon", None),
        (1646928950, None),
        ({"a": [1]}, None),
    ],
)
def test_timestamps_lose_nothing(text: Any, moment: Any, small_client: Any) -> None:
    shelf = small_client.models.Shelf.from_dict({**SHELF, "builtAt": text})
    assert shelf.built_at == moment
    assert shelf.to_dict()["builtAt"] == text
    assert shelf["builtAt"] == text
    assert attrs.evolve(shelf).to_dict()["builtAt"] == text
    later = attrs.evolve(shelf, built_at=datetime(2030, 1, 1, tzinfo=UTC))
    assert later.to_dict()["builtAt"] == later["builtAt"] == "2030-01-01T00:00:00Z"
    shelf["builtAt"] = None
    assert (shelf.built_at, shelf["builtAt"]) == (None, None)


def test_a_timestamp_that_is_set_to_none_is_null(small_client: Any) -> None:
    shelf = small_client.models.Shelf.from_dict({**SHELF, "builtAt": "10 March 2022 16:15:50"})
    shelf.built_at = None
    assert shelf.to_dict()["builtAt"] is None


@pytest.mark.slow
def test_timestamps_outside_fields_stay_strings(client_of: Callable[..., Any]) -> None:
    moment = {"type": "string", "format": "date-time"}

    def edit(document: dict[str, Any]) -> None:
        document["components"]["schemas"]["Board"]["properties"] |= {
            "days": {"type": "array", "items": moment},
            "byName": {"type": "object", "additionalProperties": moment},
            "dayOrCount": {"oneOf": [moment, {"type": "integer"}]},
        }

    board = client_of(edit).models.Board
    source = inspect.getsource(board)
    for annotation in (
        "days: list[str] |",
        "by_name: dict[str, str] |",
        "day_or_count: str | int |",
    ):
        assert annotation in source
    for value in ("2022-03-10T16:15:50Z", "soon", None):
        data = {"days": [value], "byName": {"a": value}, "dayOrCount": value}
        assert board.from_dict(data).to_dict() == data
    assert board.from_dict({"dayOrCount": 5}).day_or_count == 5


@pytest.mark.slow
def test_fields_named_like_the_methods_of_a_mapping(client_of: Callable[..., Any]) -> None:
    names = ["clear", "copy", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values"]

    def edit(document: dict[str, Any]) -> None:
        document["components"]["schemas"]["Board"]["properties"] |= {name: {"type": "string"} for name in names}

    data = {name: name.upper() for name in names}
    board = client_of(edit).models.Board.from_dict(data)
    assert [getattr(board, f"{name}_") for name in names] == list(data.values())
    assert dict(board.items()) == board == data
    board.update(items="x")
    assert (board.items_, board.pop("items"), board.get("items")) == ("x", "x", None)


def test_wire_names(small_client: Any) -> None:
    shelf = small_client.models.Shelf.from_dict(
        {**SHELF, "maxVCPUs": None, "class": "A", "keys": ["k"], "new": {"a": 1}}
    )
    assert (shelf.class_, shelf.keys_, shelf.max_vcpus) == ("A", ["k"], None)
    assert shelf["maxVCPUs"] is None
    assert "maxVCPUs" in shelf
    assert "width" not in shelf
    assert shelf.get("width", 7) == 7
    assert shelf["new"] == {"a": 1}
    assert dict(shelf) == shelf.to_dict() == {**SHELF, "maxVCPUs": None, "class": "A", "keys": ["k"], "new": {"a": 1}}
    with pytest.raises(KeyError, match="width"):
        shelf["width"]
    with pytest.raises(KeyError, match="class_"):
        shelf["class_"]
    assert 7 not in shelf


def test_ordinary_objects(small_client: Any) -> None:
    shelf = small_client.models.Shelf.from_dict(
        {**SHELF, "width": None, "new": [1], "builtAt": "10 March 2022 16:15:50"}
    )
    for twin in (copy.copy(shelf), copy.deepcopy(shelf), pickle.loads(pickle.dumps(shelf)), attrs.evolve(shelf)):
        assert twin == shelf
        assert twin is not shelf
        assert twin.to_dict() == shelf.to_dict()
    assert shelf != attrs.evolve(shelf, title="Poems")
    assert shelf != small_client.models.Shelf.from_dict({**shelf.to_dict(), "new": [2]})
    assert shelf == shelf.to_dict()
    assert repr(shelf).startswith("Shelf(shelf_id='s1', title='Novels', colour=<Colour.RED: 'RED'>, built_at=datetime")


def test_a_deep_copy_shares_nothing(small_client: Any) -> None:
    shelf = small_client.models.Shelf.from_dict({**SHELF, "boards": {"top": {"length": 1}}, "new": {"a": []}})
    twin = copy.deepcopy(shelf)
    twin.boards["top"].length = 2
    twin.additional_properties["new"]["a"].append(1)
    assert shelf.boards["top"].length == 1
    assert shelf["new"] == {"a": []}


@pytest.mark.parametrize("value", [1, "x", [], [1], {"a": 1}, True, 1.5, {"items": {}}])
def test_a_value_of_another_kind_stays_what_it_is(value: Any, small_client: Any) -> None:
    names = small_client.models.Shelf.WIRE_NAMES
    for name in names:
        data = {**SHELF, name: value}
        assert small_client.models.Shelf.from_dict(data).to_dict() == data


def test_calls(small_client: Any) -> None:
    from importlib import import_module

    def route(name: str) -> Any:
        return import_module(f"{small_client.__name__}.api.{name}")

    colour = small_client.models.Colour.DARK_BLUE
    call = route("label.get_label").call("a/b ü", colour=colour, x_paper="thick")
    assert call.target == "/shelves/a%2Fb%20%C3%BC/label?colour=DARK_BLUE"
    assert call.headers == {"X-Paper": "thick"}
    assert (call.route.accept, call.route.decode(b"text")) == ("text/plain", "text")
    assert route("shelf.delete_shelf").call("s").route.decode(b"anything") is None
    assert route("key.get_key").call(authorization="Token x").route.authorization == "key"
    assert route("key.get_key").ROUTE.decode(b'"text"') == "text"
    for bad in ("", ".", "..", None):
        with pytest.raises(ValueError, match=r"shelf_id must be an? (non-empty )?identifier"):
            route("label.get_label").call(bad)


@pytest.mark.slow
def test_a_datetime_as_parameter(client_of: Callable[..., Any]) -> None:
    from importlib import import_module

    def edit(document: dict[str, Any]) -> None:
        parameters = document["paths"]["/shelves/{shelfId}/label"]["get"].pop("parameters")
        document["paths"]["/shelves/{shelfId}/label"]["parameters"] = parameters[:1]
        document["paths"]["/shelves/{shelfId}/label"]["get"]["parameters"] = [
            {"name": "since", "in": "query", "required": True, "schema": {"type": "string", "format": "date-time"}},
            {"name": "query", "in": "query", "schema": {"type": "array", "items": {"type": "integer"}}},
            {"name": "X-Copies", "in": "header", "schema": {"type": "integer"}},
        ]

    call = import_module(f"{client_of(edit).__name__}.api.label.get_label").call
    since = datetime(2022, 3, 10, 16, 15, 50, tzinfo=UTC)
    made = call("s", since=since, query_=[1, 2], x_copies=3)
    assert made.target == "/shelves/s/label?since=2022-03-10T16%3A15%3A50Z&query=1&query=2"
    assert made.headers == {"X-Copies": "3"}


def test_functions_share_a_route_and_its_item(small_client: Any) -> None:
    sent: list[tuple[str, str]] = []

    class Session:
        def send(self, call: Any) -> str:
            sent.append(("send", call.target))
            return "one"

        def collect(self, call: Any, max_items: int | None = None) -> list[str]:
            sent.append((f"collect {max_items}", call.target))
            return ["all"]

        stream = collect

    functions, session = small_client.functions, Session()
    assert functions.get_shelves(session, only_mine=False, max_items=3) == ["all"]
    assert functions.get_shelves(session, "s1") == "one"
    functions.iter_shelves(session, page_size=5)
    assert sent == [
        ("collect 3", "/shelves?onlyMine=false"),
        ("send", "/shelves/s1"),
        ("collect None", "/shelves?pageSize=5"),
    ]
    with pytest.raises(TypeError, match="takes page_size for the whole listing only, not together with shelf_id"):
        functions.get_shelves(session, "s1", page_size=5)
    assert inspect.iscoroutinefunction(small_client.async_functions.get_shelves)
    # The one name that the parameters of the functions may not have.
    assert next(iter(inspect.signature(functions.get_shelves).parameters)) == "session"
