"""What `compare` says about each kind of change of a public description."""

import copy
import http.server
import io
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.__main__ import main
from generator.changes.compare import Change, compare
from generator.client.yaml_source import Source

Document = dict[str, Any]
SMALL: Document = Source((Path(__file__).parents[1] / "small.yaml").read_text(encoding="utf-8")).value
LABEL = "/shelves/{shelfId}/label"


def schemas(document: Document) -> Document:
    return document["components"]["schemas"]


def shelf(document: Document) -> Document:
    return schemas(document)["Shelf"]["properties"]


def label(document: Document) -> Document:
    return document["paths"][LABEL]["get"]


def after(edit: Callable[[Document], object], *, prose: bool = False) -> list[Change]:
    public = copy.deepcopy(SMALL)
    edit(public)
    return compare(SMALL, public, prose=prose)


def renamed(document: Document) -> None:
    document["paths"]["/shelves/{shelfId}/labels"] = document["paths"].pop(LABEL)


CHANGES: dict[str, tuple[Callable[[Document], object], list[tuple[str, str, str, str]]]] = {
    # kind and impact, pointer, what, what it touches in Python
    "route added": (
        lambda d: d["paths"].update({"/boards": {"get": {"responses": {"200": {"description": ""}}}}}),
        [("added additive", "#/paths/~1boards/get", "New route", "get_boards()")],
    ),
    "route removed": (
        lambda d: d["paths"]["/shelves/{shelfId}"].pop("delete"),
        [("removed breaking", "#/paths/~1shelves~1{shelfId}/delete", "The route is gone", "delete_shelves()")],
    ),
    "route renamed": (
        renamed,
        [
            (
                "removed breaking",
                "#/paths/~1shelves~1{shelfId}~1label/get",
                "The route is gone; is it now GET /shelves/{shelfId}/labels?",
                "get_shelves_label()",
            ),
            (
                "added additive",
                "#/paths/~1shelves~1{shelfId}~1labels/get",
                "New route; is it GET /shelves/{shelfId}/label under a new name?",
                "get_shelves_labels()",
            ),
        ],
    ),
    "optional parameter added": (
        lambda d: label(d)["parameters"].append({"name": "fontSize", "in": "query", "schema": {"type": "integer"}}),
        [
            (
                "added additive",
                "#/paths/~1shelves~1{shelfId}~1label/get/parameters/fontSize",
                "New optional query parameter fontSize",
                "get_shelves_label(font_size=)",
            )
        ],
    ),
    "required parameter added": (
        lambda d: label(d)["parameters"].append({"name": "size", "in": "header", "required": True, "schema": {}}),
        [
            (
                "added breaking",
                "#/paths/~1shelves~1{shelfId}~1label/get/parameters/size",
                "New required header parameter size",
                "get_shelves_label(size=)",
            )
        ],
    ),
    "parameter removed": (
        lambda d: label(d)["parameters"].pop(1),
        [
            (
                "removed breaking",
                "#/paths/~1shelves~1{shelfId}~1label/get/parameters/X-Paper",
                "The header parameter X-Paper is gone",
                "get_shelves_label(x_paper=)",
            )
        ],
    ),
    "parameter becomes required": (
        lambda d: label(d)["parameters"][2].update(required=True),
        [
            (
                "changed breaking",
                "#/paths/~1shelves~1{shelfId}~1label/get/parameters/colour/required",
                "The query parameter colour is now required: false → true",
                "get_shelves_label(colour=)",
            )
        ],
    ),
    "parameter of another type": (
        lambda d: label(d)["parameters"][1].update(schema={"type": "integer"}),
        [
            (
                "changed breaking",
                "#/paths/~1shelves~1{shelfId}~1label/get/parameters/X-Paper/schema/type",
                "The type of the header parameter X-Paper string → integer",
                "get_shelves_label(x_paper=)",
            )
        ],
    ),
    "field added": (
        lambda d: shelf(d).update(bookCount={"type": "integer"}),
        [("added additive", "#/components/schemas/Shelf/properties/bookCount", "New field", "Shelf.book_count")],
    ),
    "required field added to a request": (
        lambda d: (shelf(d).update(room={"type": "string"}), schemas(d)["Shelf"]["required"].append("room")),
        [("added breaking", "#/components/schemas/Shelf/properties/room", "New required field", "Shelf.room")],
    ),
    "required field added to a response": (
        lambda d: schemas(d)["Key"].update(
            properties={**schemas(d)["Key"]["properties"], "age": {"type": "integer"}}, required=["secret", "age"]
        ),
        # Shelves hold keys and are sent, so callers must pass this one too.
        [("added breaking", "#/components/schemas/Key/properties/age", "New required field", "Key.age")],
    ),
    "field removed": (
        lambda d: shelf(d).pop("width"),
        [("removed breaking", "#/components/schemas/Shelf/properties/width", "The field is gone", "Shelf.width")],
    ),
    "field becomes null": (
        lambda d: shelf(d)["title"].update(nullable=True),
        [
            (
                "changed breaking",
                "#/components/schemas/Shelf/properties/title/nullable",
                "Shelf.title can now be null: false → true",
                "Shelf.title",
            )
        ],
    ),
    "optional field becomes null": (
        lambda d: shelf(d)["width"].update(nullable=True),
        [
            (
                "changed additive",
                "#/components/schemas/Shelf/properties/width/nullable",
                "Shelf.width can now be null: false → true",
                "Shelf.width",
            )
        ],
    ),
    "field becomes optional": (
        lambda d: schemas(d)["Shelf"]["required"].remove("title"),
        [
            (
                "changed breaking",
                "#/components/schemas/Shelf/required/title",
                "Now optional: required true → false",
                "Shelf.title",
            )
        ],
    ),
    "page field becomes required": (
        lambda d: schemas(d)["ShelfPage"].update(required=["items"]),
        [
            (
                "changed additive",
                "#/components/schemas/ShelfPage/required/items",
                "Now required: required false → true",
                "ShelfPage.items",
            )
        ],
    ),
    "field of another type": (
        lambda d: shelf(d)["width"].update(type="string"),
        [
            (
                "changed breaking",
                "#/components/schemas/Shelf/properties/width/type",
                "The type of Shelf.width number → string",
                "Shelf.width",
            )
        ],
    ),
    "items of another type": (
        lambda d: shelf(d)["keys"].update(items={"type": "integer"}),
        [
            (
                "changed breaking",
                "#/components/schemas/Shelf/properties/keys/items/type",
                "The type of an item of Shelf.keys string → integer",
                "Shelf.keys_",
            )
        ],
    ),
    "values of another type": (
        lambda d: shelf(d)["counts"].update(additionalProperties={"type": "string"}),
        [
            (
                "changed breaking",
                "#/components/schemas/Shelf/properties/counts/additionalProperties/type",
                "The type of a value of Shelf.counts integer → string",
                "Shelf.counts",
            )
        ],
    ),
    "enum value added": (
        lambda d: schemas(d)["Colour"]["enum"].insert(1, "PALE_GREEN"),
        [
            (
                "added additive",
                "#/components/schemas/Colour/enum/PALE_GREEN",
                "New value PALE_GREEN",
                "Colour.PALE_GREEN",
            )
        ],
    ),
    "enum value removed": (
        lambda d: schemas(d)["Colour"]["enum"].remove("RED"),
        [("removed breaking", "#/components/schemas/Colour/enum/RED", "The value RED is gone", "Colour.RED")],
    ),
    "limit made narrower": (
        lambda d: shelf(d)["maxVCPUs"].update(maximum=9),
        [
            (
                "changed breaking",
                "#/components/schemas/Shelf/properties/maxVCPUs/maximum",
                "The maximum of Shelf.maxVCPUs absent → 9",
                "Shelf.max_vcpus",
            )
        ],
    ),
    "default changed": (
        lambda d: shelf(d)["maxVCPUs"].update(default=2),
        [
            (
                "changed additive",
                "#/components/schemas/Shelf/properties/maxVCPUs/default",
                "The default of Shelf.maxVCPUs absent → 2",
                "Shelf.max_vcpus",
            )
        ],
    ),
    "read-only": (
        lambda d: shelf(d)["width"].update(readOnly=True),
        [
            (
                "changed additive",
                "#/components/schemas/Shelf/properties/width/readOnly",
                "Shelf.width: readOnly: false → true",
                "Shelf.width",
            )
        ],
    ),
    "body gone": (
        lambda d: d["paths"]["/shelves"]["post"].pop("requestBody"),
        [
            (
                "removed breaking",
                "#/paths/~1shelves/post/requestBody",
                "The route no longer takes a body",
                "post_shelves(payload)",
            )
        ],
    ),
    "answer of another media type": (
        lambda d: label(d)["responses"]["200"].update(content={"text/html": {"schema": {"type": "string"}}}),
        [
            (
                "changed breaking",
                "#/paths/~1shelves~1{shelfId}~1label/get/responses/200/content",
                "The media type of the response 200 text/plain → text/html",
                "get_shelves_label()",
            )
        ],
    ),
    "error added": (
        lambda d: label(d)["responses"].update({"409": {"description": "No."}}),
        [
            (
                "added additive",
                "#/paths/~1shelves~1{shelfId}~1label/get/responses/409",
                "New response 409",
                "get_shelves_label()",
            )
        ],
    ),
    "credential": (
        lambda d: d["paths"]["/keys/self"]["get"].pop("security"),
        [
            (
                "changed breaking",
                "#/paths/~1keys~1self/get/security",
                "The credential apiKey → bearer",
                "get_keys_self()",
            )
        ],
    ),
    "one more credential": (
        lambda d: d["paths"]["/keys/self"]["get"].update(security=[{"ApiKey": []}, {"Bearer": []}]),
        [
            (
                "changed breaking",  # the function loses its argument for the key
                "#/paths/~1keys~1self/get/security",
                "The credential apiKey → apiKey or bearer",
                "get_keys_self()",
            )
        ],
    ),
    "body that may be omitted": (
        lambda d: d["paths"]["/shelves"]["post"]["requestBody"].pop("required"),
        [
            (
                "changed additive",
                "#/paths/~1shelves/post/requestBody/required",
                "Whether a body must be sent true → false",
                "post_shelves(payload)",
            )
        ],
    ),
    "base URL": (
        lambda d: d["servers"][0].update(url="https://other.example"),
        [
            (
                "changed breaking",
                "#/servers/0/url",
                "The base URL https://small.example/api → https://other.example",
                "",
            )
        ],
    ),
    "choice": (
        lambda d: shelf(d)["owner"].update(oneOf=[{"$ref": "#/components/schemas/Key"}]),
        [
            (
                "changed breaking",
                "#/components/schemas/Shelf/properties/owner/type",
                "The type of Shelf.owner object or string → object",
                "Shelf.owner",
            )
        ],
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_changes(what: str) -> None:
    edit, expected = CHANGES[what]
    found = [
        (f"{change.kind} {change.impact}", change.pointer, change.what, *(change.python or ("",)))
        for change in after(edit)
    ]
    assert found == expected


def as_public_descriptions_write(document: Document) -> None:
    """The same API, as a framework that derives its description from code would write it."""
    for old, new in (("Colour", "Colour1"), ("Board", "Status")):
        schemas(document)[new] = schemas(document).pop(old)
        text = json.dumps(document).replace(f'schemas/{old}"', f'schemas/{new}"')
        document.clear()
        document.update(json.loads(text))
    # A page inline, a shared text type by reference, a reference wrapped in allOf, and schemas nobody uses.
    content = document["paths"]["/shelves"]["get"]["responses"]["200"]["content"]
    content["application/json"]["schema"] = schemas(document).pop("ShelfPage")
    schemas(document)["Instant"] = {"type": "string", "format": "date-time"}
    shelf(document)["builtAt"] = {"$ref": "#/components/schemas/Instant"}
    shelf(document)["board"] = {"allOf": [{"$ref": "#/components/schemas/Status"}], "type": "object"}
    shelf(document)["colour"] = {"allOf": [shelf(document)["colour"]], "type": "string", "description": "Other words."}
    schemas(document)["Unused"] = {"type": "object", "properties": {"a": {"type": "string"}}}
    document["paths"][LABEL]["parameters"] = [label(document)["parameters"].pop(0)]
    label(document)["tags"] = ["Label Resource"]
    del label(document)["operationId"]


def test_another_notation_is_not_a_difference() -> None:
    assert after(as_public_descriptions_write) == []


def test_a_change_inside_another_notation_is_found() -> None:
    def edit(document: Document) -> None:
        as_public_descriptions_write(document)
        schemas(document)["Status"]["properties"]["wood"] = {"type": "string"}

    assert [change.pointer for change in after(edit)] == ["#/components/schemas/Board/properties/wood"]


def test_nulls_of_openapi_3_1_are_not_a_difference() -> None:
    assert after(lambda d: shelf(d)["title"].update(type=["string"])) == []
    (change,) = after(lambda d: shelf(d)["width"].update(type=["number", "null"]))
    assert change.pointer == "#/components/schemas/Shelf/properties/width/nullable"


def test_words_count_between_two_public_descriptions_only() -> None:
    def edit(document: Document) -> None:
        label(document)["summary"] = "Fetch a label"
        shelf(document)["title"]["description"] = "What it says on top."

    assert after(edit) == []
    changes = after(edit, prose=True)
    assert [(change.impact, change.where) for change in changes] == [
        ("prose", f"GET {LABEL}"),
        ("prose", "Shelf.title"),
    ]


@pytest.fixture
def files(tmp_path: Path) -> Callable[[Callable[[Document], object]], list[str]]:
    def write(edit: Callable[[Document], object]) -> list[str]:
        public = copy.deepcopy(SMALL)
        edit(public)
        (tmp_path / "new.json").write_text(json.dumps(public))
        (tmp_path / "ledger.yaml").write_text("[]\n")
        spec = str(Path(__file__).parents[1] / "small.yaml")
        return ["compare", str(tmp_path / "new.json"), "--spec", spec, "--ledger", str(tmp_path / "ledger.yaml")]

    return write


Files = Callable[[Callable[[Document], object]], list[str]]


def two_changes(document: Document) -> None:
    shelf(document).pop("width")
    label(document)["parameters"].append({"name": "big", "in": "query", "schema": {"type": "boolean"}})


@pytest.mark.slow
def test_a_table_for_people(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(files(two_changes)) == 1
    assert (
        capsys.readouterr().out
        == """\
new.json: 1 breaking, 1 additive (0 intended differences are omitted)

Breaking: programs written for today's version may stop working
  Shelf.width
    - The field is gone
        Shelf.width

Additive: programs keep working, new ones can do more
  GET /shelves/{shelfId}/label
    + New optional query parameter big
        get_shelves_label(big=)
"""
    )


def test_no_difference(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(files(lambda _: None)) == 0
    assert capsys.readouterr().out == "new.json: no difference except the 0 in the ledger\n"


@pytest.mark.slow
def test_markdown(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*files(two_changes), "--markdown"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("# new.json: 1 breaking")
    assert "| Shelf.width | removed: The field is gone | `Shelf.width` |" in lines


def test_json(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*files(two_changes), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["clean"] is False
    assert {change["impact"] for change in answer["changes"]} == {"breaking", "additive"}
    assert answer["changes"][0]["python"] == ["get_shelves_label(big=)"]


def test_from_standard_input(files: Files, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = files(two_changes)
    stdin = io.TextIOWrapper(io.BytesIO(Path(arguments[1]).read_bytes()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert main([arguments[0], "-", *arguments[2:]]) == 1
    assert capsys.readouterr().out.startswith("The public description: 1 breaking")


@pytest.mark.slow
def test_from_an_address(files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(tmp_path))

        def log_message(self, format: str, *args: Any) -> None:
            pass

    arguments = files(two_changes)
    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            base = f"http://127.0.0.1:{server.server_port}"
            assert main([arguments[0], f"{base}/new.json", *arguments[2:]]) == 1
            assert capsys.readouterr().out.startswith("new.json: 1 breaking")
            assert main([arguments[0], f"{base}/missing.json", *arguments[2:]]) == 2
            assert "404" in capsys.readouterr().err
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is neither JSON nor YAML"),
        ("<html></html>", "is not an OpenAPI 3 document"),
        ('{"swagger": "2.0", "paths": {}}', "is not an OpenAPI 3 document"),
        ('{"openapi": "3.0.3", "paths": {"/a": {"get": {"$ref": "#/x"}}}}', "'#/x' at #/paths/~1a/get leads nowhere"),
        ('{"openapi": "3.0.3", "paths": {"/shelves": {"get": {"parameters": [1]}}}}', "not a well-formed OpenAPI"),
    ],
)
def test_other_documents_are_refused(
    content: str, message: str, files: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = files(lambda _: None)
    Path(arguments[1]).write_text(content)
    assert main(arguments) == 2
    assert message in capsys.readouterr().err
