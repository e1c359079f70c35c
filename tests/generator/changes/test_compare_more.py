"""Differences beyond routes, fields and values; and notations that make no difference."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.changes.compare import Change, compare
from generator.client.yaml_source import Source

Document = dict[str, Any]
SMALL: Document = Source((Path(__file__).parents[1] / "small.yaml").read_text(encoding="utf-8")).value
PATH = "/shelves/{shelfId}/label"
LABEL = "#/paths/~1shelves~1{shelfId}~1label/get"
BOARD = "#/components/schemas/Board"
REF = {"$ref": "#/components/schemas/Board"}


def schemas(document: Document) -> Document:
    return document["components"]["schemas"]


def fields(document: Document) -> Document:
    return schemas(document)["Shelf"]["properties"]


def label(document: Document) -> Document:
    return document["paths"][PATH]["get"]


def listed(document: Document) -> None:
    """A query parameter that is a list, so that its style means something."""
    label(document)["parameters"].append(
        {"name": "tag", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}
    )


def differences(
    edit: Callable[[Document], object], before: Callable[[Document], object] | None = None, *, prose: bool = False
) -> list[Change]:
    ours = copy.deepcopy(SMALL)
    if before:
        before(ours)
    public = copy.deepcopy(ours)
    edit(public)
    return compare(ours, public, prose=prose)


Line = tuple[Callable[[Document], object], str, str]
JSON = "application/json"


def content(schema: Any, media: str = JSON) -> Callable[[Document], None]:
    """Another content of the response of a route."""
    return lambda d: label(d)["responses"]["200"].update(content={media: {"schema": schema}})


def and_media(media: str, schema: Any) -> Callable[[Document], None]:
    """A further media type of that response."""
    return lambda d: label(d)["responses"]["200"]["content"].update({media: {"schema": schema}})


def response(code: str, **values: Any) -> Callable[[Document], None]:
    return lambda d: label(d)["responses"].update({code: {"description": "Another.", **values}})


OR_NULL = {"type": "object", "nullable": True, "allOf": [REF]}
TYPES: dict[str, tuple[Callable[[Document], object] | None, Callable[[Document], object], str, str]] = {
    # what is ours, the edit of the public description, the place, the class: what users who check types will see
    "204 beside 200": (content(REF), response("204"), f"{LABEL}/responses/204", "breaking"),
    "a class of statuses without a body": (content(REF), response("2XX"), f"{LABEL}/responses/2XX", "breaking"),
    "202 with a body": (
        content(REF),
        response("202", content={JSON: {"schema": REF}}),
        f"{LABEL}/responses/202",
        "additive",
    ),
    "200 beside 204": (
        None,
        lambda d: d["paths"]["/shelves/{shelfId}"]["delete"]["responses"].update(
            {"200": {"description": "It.", "content": {JSON: {"schema": REF}}}}
        ),
        "#/paths/~1shelves~1{shelfId}/delete/responses/200",
        "breaking",
    ),
    "404": (None, response("404"), f"{LABEL}/responses/404", "additive"),
    "response or null": (
        content(REF),
        content(OR_NULL),
        f"{LABEL}/responses/200/content/application~1json/schema/nullable",
        "breaking",
    ),
    "response, no longer null": (
        content(OR_NULL),
        content(REF),
        f"{LABEL}/responses/200/content/application~1json/schema/nullable",
        "additive",
    ),
    "items or null": (
        None,
        lambda d: schemas(d)["ShelfPage"]["properties"]["items"].update(
            items={"type": "object", "nullable": True, "allOf": [{"$ref": "#/components/schemas/Shelf"}]}
        ),
        "#/components/schemas/ShelfPage/properties/items/items/nullable",
        "breaking",
    ),
    "values of a map or null": (
        None,
        lambda d: fields(d)["counts"]["additionalProperties"].update(nullable=True),
        "#/components/schemas/Shelf/properties/counts/additionalProperties/nullable",
        "breaking",
    ),
    "sent field, no longer null": (
        lambda d: fields(d)["title"].update(nullable=True),
        lambda d: fields(d)["title"].pop("nullable"),
        "#/components/schemas/Shelf/properties/title/nullable",
        "breaking",
    ),
    "parameter or null": (
        None,
        lambda d: label(d)["parameters"][1]["schema"].update(nullable=True),
        f"{LABEL}/parameters/X-Paper/schema/nullable",
        "additive",
    ),
    "parameter, no longer null": (
        lambda d: label(d)["parameters"][1]["schema"].update(nullable=True),
        lambda d: label(d)["parameters"][1]["schema"].pop("nullable"),
        f"{LABEL}/parameters/X-Paper/schema/nullable",
        "additive",
    ),
    "a media type that the client prefers": (
        None,
        and_media(JSON, REF),
        f"{LABEL}/responses/200/content",
        "breaking",
    ),
    "a media type that it does not use": (
        content(REF),
        and_media("text/plain", {"type": "string"}),
        f"{LABEL}/responses/200/content",
        "additive",
    ),
    "a media type gone that it did not use": (
        and_media(JSON, REF),
        lambda d: label(d)["responses"]["200"]["content"].pop("text/plain"),
        f"{LABEL}/responses/200/content",
        "additive",
    ),
    "required field, written only": (
        None,
        lambda d: fields(d)["title"].update(writeOnly=True),
        "#/components/schemas/Shelf/properties/title/writeOnly",
        "breaking",
    ),
    "required field, no longer read only": (
        None,
        lambda d: fields(d)["shelfId"].pop("readOnly"),
        "#/components/schemas/Shelf/properties/shelfId/readOnly",
        "breaking",
    ),
    "optional field, read only": (
        None,
        lambda d: fields(d)["width"].update(readOnly=True),
        "#/components/schemas/Shelf/properties/width/readOnly",
        "additive",
    ),
    "pages where there was one": (
        lambda d: d["paths"]["/shelves"]["get"]["parameters"].pop(1),
        lambda d: d["paths"]["/shelves"]["get"]["parameters"].append(
            {"name": "pageIndex", "in": "query", "schema": {"type": "string"}}
        ),
        "#/paths/~1shelves/get",
        "breaking",
    ),
    "no credential instead of a key": (
        None,
        lambda d: d["paths"]["/keys/self"]["get"].update(security=[]),
        "#/paths/~1keys~1self/get/security",
        "breaking",
    ),
    "a key as well": (
        None,
        lambda d: label(d).update(security=[{"Bearer": []}, {"ApiKey": []}]),
        f"{LABEL}/security",
        "additive",
    ),
}


@pytest.mark.parametrize("name", TYPES)
def test_what_changes_a_type_is_breaking(name: str) -> None:
    before, edit, pointer, impact = TYPES[name]
    assert [each.impact for each in differences(edit, before) if each.pointer == pointer] == [impact]


FOUND: dict[str, Line] = {
    # the edit of the public description, the place, the class
    "text becomes bytes": (
        lambda d: label(d)["responses"]["200"]["content"]["text/plain"]["schema"].update(format="binary"),
        f"{LABEL}/responses/200/content/text~1plain/schema/format",
        "breaking",
    ),
    "reference to a field": (
        lambda d: fields(d).update(odd={"$ref": "#/components/schemas/Shelf/properties/title"}),
        "#/components/schemas/Shelf/properties/odd",
        "additive",
    ),
    "reference to a field around itself": (
        lambda d: fields(d).update(
            odd={"type": "array", "items": {"$ref": "#/components/schemas/Shelf/properties/odd"}}
        ),
        "#/components/schemas/Shelf/properties/odd",
        "additive",
    ),
    "enum becomes text": (
        lambda d: schemas(d).update(Colour={"type": "string", "nullable": True}),
        "#/components/schemas/Colour/enum",
        "breaking",
    ),
    "text becomes enum, sent too": (
        lambda d: schemas(d)["Key"]["properties"]["owner"].update(enum=["a"]),
        "#/components/schemas/Key/properties/owner/enum",
        "breaking",
    ),
    "text becomes enum, in a response": (
        lambda d: schemas(d)["ShelfPage"]["properties"]["next"].update(enum=["a"]),
        "#/components/schemas/ShelfPage/properties/next/enum",
        "additive",
    ),
    "deprecated operation": (lambda d: label(d).update(deprecated=True), f"{LABEL}/deprecated", "additive"),
    "deprecated parameter": (
        lambda d: label(d)["parameters"][1].update(deprecated=True),
        f"{LABEL}/parameters/X-Paper/deprecated",
        "additive",
    ),
    "deprecated field": (
        lambda d: fields(d)["width"].update(deprecated=True),
        "#/components/schemas/Shelf/properties/width/deprecated",
        "additive",
    ),
    "style": (
        lambda d: label(d)["parameters"][3].update(style="pipeDelimited", explode=True),
        f"{LABEL}/parameters/tag/style",
        "breaking",
    ),
    "explode": (
        lambda d: label(d)["parameters"][3].update(explode=False),
        f"{LABEL}/parameters/tag/explode",
        "breaking",
    ),
    "header of a response": (
        lambda d: label(d)["responses"]["200"].update(headers={"X-Rate": {"schema": {"type": "integer"}}}),
        f"{LABEL}/responses/200/headers",
        "additive",
    ),
    "a second server": (lambda d: d["servers"].append({"url": "https://b.example"}), "#/servers", "additive"),
    "server of a route": (
        lambda d: label(d).update(servers=[{"url": "https://b.example"}]),
        f"{LABEL}/servers",
        "breaking",
    ),
    "closed object, sent": (
        lambda d: schemas(d)["Board"].update(additionalProperties=False),
        f"{BOARD}/additionalProperties",
        "breaking",
    ),
    "discriminator": (
        lambda d: fields(d)["owner"].update(discriminator={"propertyName": "kind"}),
        "#/components/schemas/Shelf/properties/owner/discriminator",
        "breaking",
    ),
    "route behind a reference": (
        lambda d: d.update(
            paths={**d["paths"], PATH: {"$ref": "#/x-paths/label"}},
            **{"x-paths": {"label": {"get": {**label(d), "deprecated": True}}}},
        ),
        f"{LABEL}/deprecated",
        "additive",
    ),
    "second media type": (
        lambda d: label(d)["responses"]["200"]["content"].update({"text/html": {}}),
        f"{LABEL}/responses/200/content",
        "additive",
    ),
    "another media type": (
        lambda d: label(d)["responses"]["200"].update(content={"text/html": {}}),
        f"{LABEL}/responses/200/content",
        "breaking",
    ),
}


@pytest.mark.parametrize("what", FOUND)
def test_is_found(what: str) -> None:
    edit, pointer, impact = FOUND[what]
    changes = differences(edit, listed)
    assert [(change.pointer, change.impact) for change in changes] == [(pointer, impact)]


PROSE: dict[str, tuple[Callable[[Document], object], str]] = {
    "of a named object": (lambda d: schemas(d)["Board"].update(description="A plank."), f"{BOARD}/description"),
    "of an enum": (
        lambda d: schemas(d)["Colour"].update(description="Hue."),
        "#/components/schemas/Colour/description",
    ),
    "of a body": (
        lambda d: d["paths"]["/shelves"]["post"]["requestBody"].update(description="Send it."),
        "#/paths/~1shelves/post/requestBody/description",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", PROSE)
def test_prose_is_found_when_asked_for(what: str) -> None:
    edit, pointer = PROSE[what]
    assert differences(edit) == []
    changes = differences(edit, prose=True)
    assert {change.impact for change in changes} == {"prose"}
    assert pointer in [change.pointer for change in changes]


def in_parts(document: Document) -> None:
    board = schemas(document).pop("Board")
    length = {"type": "object", "properties": {"length": board["properties"]["length"]}}
    shelf = {"type": "object", "properties": {"shelf": board["properties"]["shelf"]}}
    schemas(document).update(Length=length, Board={"allOf": [{"$ref": "#/components/schemas/Length"}, shelf]})


def in_3_1(document: Document) -> None:
    document["openapi"] = "3.1.0"
    colour = schemas(document)["Colour"]
    del colour["nullable"]
    colour["type"] = ["string", "null"]
    fields(document)["width"] = {"type": "number", "examples": [1.5]}
    fields(document)["extra"]["additionalProperties"] = True


def with_any_value(document: Document) -> None:
    fields(document)["extra"]["additionalProperties"] = {}


@pytest.mark.parametrize("edit", [in_parts, in_3_1, with_any_value])
def test_another_notation_is_not_a_difference(edit: Callable[[Document], None]) -> None:
    assert differences(edit) == []


CIRCLES: dict[str, Any] = {
    "map": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Tree"}},
    "list": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
    "choice": {"oneOf": [{"$ref": "#/components/schemas/Tree"}, {"type": "string"}]},
    "object": {"type": "object", "properties": {"up": {"$ref": "#/components/schemas/Tree"}}},
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", CIRCLES)
@pytest.mark.parametrize("is_ours", [True, False])
def test_a_schema_that_leads_back_to_itself_ends(kind: str, is_ours: bool) -> None:
    def circular(document: Document) -> None:
        schemas(document)["Tree"] = CIRCLES[kind]
        fields(document)["tree"] = {"$ref": "#/components/schemas/Tree"}

    def nothing(document: Document) -> None:
        pass

    assert differences(nothing, circular) == []
    found = differences(circular) if not is_ours else differences(lambda d: fields(d).pop("tree"), circular)
    assert [change.pointer for change in found] == ["#/components/schemas/Shelf/properties/tree"]


def test_a_body_that_becomes_required_is_breaking() -> None:
    ours = copy.deepcopy(SMALL)
    del ours["paths"]["/shelves"]["post"]["requestBody"]["required"]
    (change,) = compare(ours, SMALL)
    assert (change.what, change.impact) == ("Whether a body must be sent false → true", "breaking")
