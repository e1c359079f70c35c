"""A description that cannot become code without loss is refused: one message with place and remedy, exit code 2."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.__main__ import main
from generator.build import build

pytestmark = pytest.mark.slow

SMALL = Path(__file__).with_name("small.yaml")
Document = dict[str, Any]
LABEL = "/shelves/{shelfId}/label"


def schemas(document: Document) -> Document:
    return document["components"]["schemas"]


def label(document: Document) -> Document:
    return document["paths"][LABEL]["get"]


def odd_field(schema: Document) -> Callable[[Document], None]:
    return lambda document: schemas(document)["Shelf"]["properties"].update(odd=schema)


def answer(media: str, schema: Document) -> Callable[[Document], None]:
    return lambda document: label(document)["responses"]["200"].update(content={media: {"schema": schema}})


def parameter(index: int, **values: Any) -> Callable[[Document], None]:
    return lambda document: label(document)["parameters"][index].update(values)


def renamed_key(name: str) -> Callable[[Document], None]:
    def edit(document: Document) -> None:
        schemas(document)[name] = schemas(document)["Key"]

    return edit


REFUSED: dict[str, tuple[Callable[[Document], object], str, str]] = {
    # what is wrong: the edit, the place named, a part of the message
    "dangling reference": (
        odd_field({"$ref": "#/components/schemas/Shelve"}),
        "#/components/schemas/Shelf/properties/odd",
        "leads nowhere",
    ),
    "reference out of the file": (
        odd_field({"$ref": "other.yaml#/Shelf"}),
        "#/components/schemas/Shelf/properties/odd",
        "leaves this file",
    ),
    "reference to a reference": (
        lambda d: schemas(d).update(A={"$ref": "#/components/schemas/B"}, B={"$ref": "#/components/schemas/A"}),
        "#/components/schemas/A",
        "another reference",
    ),
    "no paths": (lambda d: d.update(paths={}), "#/", "There are no paths"),
    "no servers": (lambda d: d.pop("servers"), "#/", "There are no servers"),
    "unknown security scheme": (
        lambda d: d["components"]["securitySchemes"].pop("ApiKey"),
        "#/paths/~1keys~1self/get/security",
        "'ApiKey' is not described",
    ),
    "missing operationId": (
        lambda d: label(d).pop("operationId"),
        "#/paths/~1shelves~1{shelfId}~1label/get",
        "has no operationId",
    ),
    "doubled operationId": (
        lambda d: label(d).update(operationId="getShelf"),
        "#/paths/~1shelves~1{shelfId}~1label/get/operationId",
        "is taken by GET /shelves/{shelfId}",
    ),
    "operationIds that give one module": (
        lambda d: label(d).update(operationId="get_shelf"),
        "#/paths/~1shelves~1{shelfId}~1label/get/operationId",
        "is taken by GET /shelves/{shelfId}",
    ),
    "two routes for one function": (
        lambda d: d["paths"].update(
            {"/shelves/label": {"get": {**label(d), "operationId": "other", "parameters": []}}}
        ),
        "#/paths/~1shelves~1label/get",
        "both give the function get_shelves_label",
    ),
    "path parameter not described": (
        lambda d: label(d)["parameters"].pop(0),
        "#/paths/~1shelves~1{shelfId}~1label/get",
        "'shelfId' of GET /shelves/{shelfId}/label is not described",
    ),
    "not OpenAPI": (
        lambda d: label(d).update(operationId="x", responses=7),
        "#/paths/~1shelves~1{shelfId}~1label/get/responses",
        "not valid OpenAPI 3.0",
    ),
    "default that does not fit": (
        odd_field({"type": "integer", "default": "many"}),
        "#/components/schemas/Shelf/properties/odd/default",
        "'many' is not of type 'integer'",
    ),
    "no successful answer": (
        lambda d: label(d).update(responses={"404": {"description": "None."}}),
        "#/paths/~1shelves~1{shelfId}~1label/get/responses",
        "has no successful answer",
    ),
    "array as header": (
        parameter(1, schema={"type": "array", "items": {"type": "string"}}),
        "#/paths/~1shelves~1{shelfId}~1label/get/parameters/1",
        "header parameter cannot be an array",
    ),
    "object as query": (
        parameter(2, schema={"type": "object"}),
        "#/paths/~1shelves~1{shelfId}~1label/get/parameters/2",
        "query parameter cannot be an object",
    ),
    "cookie": (
        parameter(2, **{"in": "cookie"}),
        "#/paths/~1shelves~1{shelfId}~1label/get/parameters/2",
        "Cookie parameters",
    ),
    "doubled parameter": (
        parameter(2, name="shelf_id"),
        "#/paths/~1shelves~1{shelfId}~1label/get",
        "two parameters called shelf_id",
    ),
    "inline object": (
        odd_field({"type": "object", "properties": {"a": {"type": "string"}}}),
        "#/components/schemas/Shelf/properties/odd",
        "stands inline",
    ),
    "inline object in a list": (
        odd_field({"type": "array", "items": {"type": "object", "properties": {"a": {"type": "string"}}}}),
        "#/components/schemas/Shelf/properties/odd/items",
        "stands inline",
    ),
    "inline object as body": (
        answer("application/json", {"type": "object", "properties": {"a": {"type": "string"}}}),
        "#/paths/~1shelves~1{shelfId}~1label/get/responses/200/content/application~1json/schema",
        "stands inline",
    ),
    "inline enum": (
        parameter(2, schema={"type": "string", "enum": ["A"]}),
        "#/paths/~1shelves~1{shelfId}~1label/get/parameters/2/schema",
        "A choice of values stands inline",
    ),
    "allOf of two": (
        odd_field({"allOf": [{"$ref": "#/components/schemas/Key"}, {"$ref": "#/components/schemas/Board"}]}),
        "#/components/schemas/Shelf/properties/odd",
        "allOf of several",
    ),
    "allOf as class": (
        lambda d: schemas(d).update(Both={"allOf": [{"$ref": "#/components/schemas/Key"}]}),
        "#/components/schemas/Both",
        "allOf cannot make a class",
    ),
    "choice between objects": (
        odd_field({"oneOf": [{"$ref": "#/components/schemas/Key"}, {"$ref": "#/components/schemas/Board"}]}),
        "#/components/schemas/Shelf/properties/odd",
        "choice between several objects",
    ),
    "bytes in JSON": (
        odd_field({"type": "string", "format": "binary"}),
        "#/components/schemas/Shelf/properties/odd",
        "file is not supported",
    ),
    "date without time": (
        odd_field({"type": "string", "format": "date"}),
        "#/components/schemas/Shelf/properties/odd",
        "date is not supported",
    ),
    "attributes that clash": (
        lambda d: schemas(d)["Board"]["properties"].update({"Length": {"type": "integer"}}),
        "#/components/schemas/Board/properties/Length",
        "both give the attribute length",
    ),
    "null among values": (
        lambda d: schemas(d)["Colour"].pop("nullable"),
        "#/components/schemas/Colour/enum",
        "null that OpenAPI 3.0 does not allow",
    ),
    "members that clash": (
        lambda d: schemas(d)["Colour"].update(enum=["dark blue", "DARK_BLUE"]),
        "#/components/schemas/Colour/enum",
        "both give the member DARK_BLUE",
    ),
    "values that are no texts": (
        lambda d: schemas(d)["Colour"].update(type="number", enum=[1.5]),
        "#/components/schemas/Colour/enum",
        "1.5 cannot be a member",
    ),
    "class in small letters": (
        renamed_key("small_key"),
        "#/components/schemas/small_key",
        "'small_key' is no good name",
    ),
    "class the templates need": (renamed_key("Mapping"), "#/components/schemas/Mapping", "'Mapping' is no good name"),
    "classes that give one module": (renamed_key("KEY"), "#/components/schemas/KEY", "both give the module key"),
    "form as body": (
        lambda d: d["paths"]["/shelves"]["post"]["requestBody"].update(
            content={"multipart/form-data": {"schema": {"$ref": "#/components/schemas/Shelf"}}}
        ),
        "#/paths/~1shelves/post",
        "Only JSON bodies",
    ),
    "number as JSON answer": (
        answer("application/json", {"type": "integer"}),
        "#/paths/~1shelves~1{shelfId}~1label/get",
        "must be an object, an array or a choice",
    ),
    # openapi-python-client only warns of this one, and would leave the answer out.
    "answer of any kind": (
        answer("*/*", {"type": "string"}),
        "#/paths/~1shelves~1{shelfId}~1label/get",
        "Unsupported content_type */*",
    ),
}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    build(SMALL, folder)
    return folder


@pytest.mark.parametrize("what", REFUSED)
def test_refuses(what: str, small_with: Callable[..., Path], output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit, pointer, message = REFUSED[what]
    before = contents(output)
    assert before
    broken = small_with(edit)

    assert main(["build", "--spec", str(broken), "--output", str(output)]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"(at {pointer})" in printed.err
    assert message in printed.err
    assert "\n  Remedy: " in printed.err
    line = int(printed.err.removeprefix(f"{broken}:").split(":")[0])
    last = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
    # A JSON array has no keys to look for; its line is that of the item.
    if last and not last.isdigit():
        assert f'"{last}":' in broken.read_text(encoding="utf-8").splitlines()[line - 1]
    assert contents(output) == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("openapi: 3.0.3\npaths: {a: [}\n", ":2: This is not YAML"),
        ("openapi: 3.0.3\npaths: {}\npaths: {}\n", ":3: This is not YAML"),
        ("- 1\n", ":1: This is not an OpenAPI document"),
        (b"openapi: \xff\n", "is not UTF-8 text"),
        (None, "cannot be read: No such file or directory"),
    ],
)
def test_refuses_a_file_that_is_no_description(
    text: str | bytes | None, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "spec.yaml"
    if text is not None:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert main(["check", "--spec", str(path), "--output", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(str(path))
    assert message in error
    assert "Remedy: " in error


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
