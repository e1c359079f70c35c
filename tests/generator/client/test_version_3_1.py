"""What OpenAPI 3.1 writes in another way is built as it is meant: many fields of one client, each read and written."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from edits import fields, label, post_shelf, ref, route, schema, schemas, small, written
from table import ANIMALS, CAT_OR_DOG, TEXT

from generator.client.downgrade import downgrade

pytestmark = pytest.mark.slow

_NULL = {"type": "null"}
_TEXT_OR_NULL = {"type": ["string", "null"]}

# Its schema, a value, and its annotation.
FIELDS: dict[str, tuple[Any, Any, str]] = {
    "text or null": (_TEXT_OR_NULL, None, "str | None"),
    "three types": ({"type": ["string", "integer", "null"]}, 3, "str | int | None"),
    "list or null": ({"type": ["array", "null"], "items": ref("Board")}, [{"length": 1}], "list[Board] | None"),
    "list of text or null": ({"type": "array", "items": _TEXT_OR_NULL}, ["a", None], "list[str | None] | None"),
    "map of object or null": (
        {"type": "object", "additionalProperties": {"oneOf": [ref("Board"), _NULL]}},
        {"a": None, "b": {"length": 1}},
        "dict[str, Board | None] | None",
    ),
    "null with words": ({"oneOf": [{"type": "null", "title": "No"}, ref("Board")]}, {"length": 1}, "Board | None"),
    "null as a list": ({"anyOf": [{"type": ["null"]}, ref("Board")]}, None, "Board | None"),
    "null as a constant": ({"anyOf": [{"const": None}, ref("Board")]}, None, "Board | None"),
    "choice or null": ({"oneOf": [TEXT, {"type": "integer"}, _NULL]}, None, "str | int | None"),
    "enum or null": ({"anyOf": [ref("Colour"), _NULL]}, "RED", "Colour | str | None"),
    "variants or null": (
        {**CAT_OR_DOG, "oneOf": [*CAT_OR_DOG["oneOf"], _NULL]},
        {"kind": "Cat", "lives": 9},
        "Annotated[Cat | Dog | None, Variant(wire='kind', kinds=(('Cat', 'Cat'), ('Dog', 'Dog')))]",
    ),
    "constant text": ({"const": "x"}, "x", "str | None"),
    "constant number": ({"const": 5}, 5, "int | None"),
    "constant fraction": ({"const": 1.5}, 1.5, "float | None"),
    "constant truth": ({"const": True}, True, "bool | None"),
    "value or null": ({"enum": ["x", None]}, None, "str | None"),
    "any value of a list": ({"type": "array", "items": True}, [1, None], "list[Any] | None"),
    "both limits": ({"type": "integer", "minimum": 1, "exclusiveMinimum": 3}, 4, "int | None"),
    "no required field": ({"type": "object", "required": []}, {}, "dict[str, Any] | None"),
    "reference with words": ({**ref("Board"), "description": "Own."}, {"length": 1}, "Board | None"),
    "reference that is read only": ({**ref("Board"), "readOnly": True}, {"length": 1}, "Board | None"),
    "text that holds JSON": ({"type": "string", "contentMediaType": "application/json"}, "{}", "str | None"),
    "picture as text": (
        {"type": _TEXT_OR_NULL["type"], "contentMediaType": "image/png", "contentEncoding": "base64"},
        "aGk=",
        "str | None",
    ),
    "named choice of constants": (ref("Level"), "high", "Level | str | None"),
    "enum without a type": (ref("Plain"), None, "Plain | str | None"),
    "fields next to a reference": (ref("Wide"), {"length": 1, "x": "y"}, "Wide | None"),
}
_UPLOAD = fields(
    photo={"type": "string", "contentMediaType": "image/png"},
    photos={"type": "array", "items": {"contentMediaType": "image/png"}},
    anything={},
)


def _changed() -> dict[str, Any]:
    document = small()
    for edit in (
        lambda d: d.update(openapi="3.1.0"),
        lambda d: schemas(d).update(Colour={"description": "C.", "type": ["string", "null"], "enum": ["RED", None]}),
        *(schema(name, value) for name, value in ANIMALS.items()),
        schema("Level", {"description": "L.", "oneOf": [{"const": "low", "title": "Low"}, {"const": "high"}]}),
        schema("Plain", {"description": "P.", "enum": ["a", None]}),
        schema("Wide", {"description": "W.", **ref("Board"), "properties": fields(x=TEXT)["properties"]}),
        schema("Upload", _UPLOAD),
        lambda d: d["components"].update(
            parameters={name: {"name": name, "in": "query", "schema": _TEXT_OR_NULL} for name in ("default", "schema")},
            responses={"Odd": {"description": "Odd.", "content": {"application/json": {"schema": _TEXT_OR_NULL}}}},
        ),
        lambda d: label(d)["parameters"].extend(
            [
                {"$ref": "#/components/parameters/default", "description": "My own words."},
                {"$ref": "#/components/parameters/schema"},
            ]
        ),
        lambda d: label(d)["responses"].update(
            {"200": {"$ref": "#/components/responses/Odd"}, "default": {"$ref": "#/components/responses/Odd"}}
        ),
        lambda d: post_shelf(d)["requestBody"]["content"]["application/json"].update(
            schema={"anyOf": [ref("Shelf"), _NULL]}
        ),
        route("/uploads", "post", requestBody={"content": {"multipart/form-data": {"schema": ref("Upload")}}}),
        lambda d: d["components"]["securitySchemes"].update(Tls={"type": "mutualTLS"}),
        lambda d: d.update(security=[{"Bearer": []}, {"Tls": []}]),
        lambda d: d["info"].update(summary="S", license={"name": "MIT", "identifier": "MIT"}),
    ):
        edit(document)
    schemas(document)["Odd"] = fields(**{wire: each for wire, (each, _, _) in FIELDS.items()})
    return document


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, load_client: Callable[[Path, Path], Any]) -> Any:
    folder = tmp_path_factory.mktemp("new")
    return load_client(written(_changed(), folder / "small.json"), folder / "client")


class Session:
    def __init__(self, answer: bytes = b"{}") -> None:
        self.answer, self.calls = answer, list[Any]()

    def send(self, call: Any) -> Any:
        self.calls.append(call)
        return call.route.decode(self.answer)


@pytest.mark.parametrize("wire", FIELDS)
def test_field(wire: str, client: Any) -> None:
    _, value, annotation = FIELDS[wire]
    attribute = wire.replace(" ", "_").lower()
    found = inspect.formatannotation(client.models.Odd.__annotations__[attribute]).replace('"', "")
    assert re.sub(r"\b(?:\w+\.)+(?=\w)", "", found).strip("'") == annotation
    odd = client.models.Odd.from_dict({wire: value})
    assert odd.to_dict() == {wire: value}
    assert client.models.Odd(**{attribute: getattr(odd, attribute)}).to_dict().get(wire, None) == value


def test_values_of_a_choice_of_constants_are_members(client: Any) -> None:
    assert [each.value for each in client.models.Level] == ["low", "high"]


def test_parts_called_like_keywords(client: Any) -> None:
    session = Session(b"null")
    assert client.functions.get_shelves_label(session, "s", default="a", schema="b") is None
    assert session.calls[0].target == "/shelves/s/label?default=a&schema=b"
    assert "My own words." in client.functions.get_shelves_label.__doc__


def test_a_required_body_may_be_null(client: Any) -> None:
    session = Session()
    client.functions.post_shelves(session, None)
    assert session.calls[0].body == b"null"
    payload = inspect.signature(client.functions.post_shelves).parameters["payload"]
    assert payload.annotation == "Shelf | Mapping[str, Any] | None"
    assert payload.default is payload.empty


def test_bytes_of_a_form(client: Any) -> None:
    session = Session(b"")
    client.functions.post_uploads(session, {"photo": b"\xff1", "photos": [b"\xff2"], "anything": b"\xff3"})
    assert all(text in session.calls[0].body for text in (b"\xff1", b"\xff2", b"\xff3"))


@pytest.mark.parametrize(
    ("limits", "rewritten"),
    [
        ({"exclusiveMinimum": 3}, {"minimum": 3, "exclusiveMinimum": True}),
        ({"exclusiveMinimum": 3, "minimum": 1}, {"minimum": 3, "exclusiveMinimum": True}),
        ({"exclusiveMinimum": 3, "minimum": 3}, {"minimum": 3, "exclusiveMinimum": True}),
        ({"exclusiveMinimum": 3, "minimum": 5}, {"minimum": 5}),
        ({"exclusiveMaximum": 3, "maximum": 1}, {"maximum": 1}),
        ({"exclusiveMaximum": 3, "maximum": 5}, {"maximum": 3, "exclusiveMaximum": True}),
    ],
)
def test_the_narrower_limit_counts(limits: dict[str, Any], rewritten: dict[str, Any]) -> None:
    document = {"openapi": "3.1.0", "components": {"schemas": {"A": limits}}}
    assert downgrade(document)["components"]["schemas"]["A"] == rewritten


def test_the_shipped_description_holds_no_word_of_3_1(client: Any) -> None:
    text = (Path(client.__spec__.origin).parent / "openapi.json").read_text()
    assert json.loads(text)["openapi"] == "3.0.3"
    assert not re.search(r'"(const|contentMediaType|contentEncoding|identifier)"', text)
