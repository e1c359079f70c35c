"""Changes of routes, and documents of OpenAPI 3.1."""

from collections.abc import Callable
from typing import Any

from edits import Edit, answer, both, field, get_shelf, label, ref, route, schemas
from table import TEXT, Case, answered, queried, read_back

_STREAM = "application/octet-stream"
_ZONE = {"name": "zone", "in": "query", "schema": TEXT}
_BOARD_BODY = {"content": {"application/json": {"schema": ref("Board")}}}
_VARIABLE = {"url": "https://{host}/api", "variables": {"host": {"default": "h.example"}}}


def _done(edit: Edit, call: Callable[[Any, Any, Any], Any], sent: str, **values: Any) -> Case:
    return Case(edit, call, sent, status=204, answer=b"", **values)


ROUTES: dict[str, Case] = {
    "action": _done(
        route("/shelves/{shelfId}:paint", "post"),
        lambda api, m, s: api.post_shelves_paint(s, "a b"),
        "POST /shelves/a%20b:paint",
    ),
    "two parameters in a segment": _done(
        route("/files/{name}.{ext}"), lambda api, m, s: api.get_files(s, "a", "txt"), "GET /files/a.txt"
    ),
    "HEAD": Case(route("/files/{name}", "head"), lambda api, m, s: api.head_files(s, "a"), "HEAD /files/a", answer=b""),
    "PATCH": _done(
        route("/files/{name}", "patch", requestBody=_BOARD_BODY),
        lambda api, m, s: api.patch_files(s, "a", {"length": 1}),
        "PATCH /files/a",
        body={"length": 1},
    ),
    "path with signs": _done(route("/a b/ü/{x}"), lambda api, m, s: api.get_a_b(s, "y"), "GET /a%20b/%C3%BC/y"),
    "bulk DELETE, the item": _done(
        route("/shelves", "delete"), lambda api, m, s: api.delete_shelves(s, "s"), "DELETE /shelves/s"
    ),
    "bulk DELETE, the bulk": _done(
        route("/shelves", "delete"), lambda api, m, s: api.delete_shelves_all(s), "DELETE /shelves"
    ),
    "listing and item of one type": Case(
        lambda d: d["paths"]["/shelves"]["get"].update(parameters=[_ZONE], responses=get_shelf(d)["responses"]),
        lambda api, m, s: [api.get_shelves(s, "s"), api.get_shelves(s, zone="z")],
        "GET /shelves?zone=z",
    ),
    "deprecated": queried(lambda d: label(d).update(deprecated=True), ""),
    "security scheme by reference": Case(
        both(
            lambda d: d["components"]["securitySchemes"].update(Other={"$ref": "#/components/securitySchemes/Bearer"}),
            lambda d: label(d).update(security=[{"Other": []}]),
        ),
        lambda api, m, s: api.get_shelves_label(s, "s"),
        "GET /shelves/s/label\nAuthorization: Bearer a.b.c",
        answer=b"",
        media="text/plain",
    ),
    "no tag": queried(lambda d: label(d).pop("tags"), ""),
    "tag of a builtin": queried(lambda d: label(d).update(tags=["list", "x"]), ""),
    "tag of signs": queried(lambda d: label(d).update(tags=["🙂 !"]), ""),
    "operationId of a name that models use": queried(lambda d: label(d).update(operationId="keys"), ""),
    "letters that Python reads as others": queried(
        lambda d: label(d).update(operationId="\ufb01x", tags=["\xb5m"], summary="A zero: \0"), ""
    ),
    "operationId of a keyword": queried(lambda d: label(d).update(operationId="import"), ""),
    "extensions": queried(
        both(
            lambda d: d["paths"].update({"x-note": "text"}),
            lambda d: label(d)["responses"].update({"x-a": 1}),
            lambda d: d.update({"x-b": []}),
        ),
        "",
    ),
    "words in quotes": queried(lambda d: label(d).update(description='Ends in "quotes" \\ """and""" more"'), ""),
    "signs beyond the first plane": queried(lambda d: label(d).update(summary="A smile 🙂"), ""),
    "no classes at all": Case(
        lambda d: (d.update(paths={"/ping": {"get": {**label(d), "parameters": []}}}), d["components"].pop("schemas")),
        lambda api, m, s: api.get_ping(s),
        "GET /ping",
        answer=b"pong",
        media="text/plain",
        gives="pong",
    ),
    "base URL with a variable": queried(lambda d: d.update(servers=[_VARIABLE]), ""),
}


def _new(*edits: Edit) -> Edit:
    return both(lambda d: d.update(openapi="3.1.0"), *edits)


VERSION_3_1: dict[str, Case] = {
    "as it is": queried(
        _new(lambda d: schemas(d)["Colour"].pop("nullable"), lambda d: schemas(d)["Colour"]["enum"].pop()), ""
    ),
    "list of types": read_back(_new(field({"type": ["string", "null"]})), None),
    "several types": read_back(_new(field({"type": ["string", "integer"]})), 3),
    "null in a choice": read_back(
        _new(field({"anyOf": [ref("Board"), {"type": "null"}]})), {"length": 1}, lambda m, v: type(v) is m.Board
    ),
    "const": read_back(_new(field({"const": "x", "type": "string"})), "x"),
    "examples": read_back(_new(field({"type": "string", "examples": ["x"]})), "x"),
    "words beside a reference": read_back(
        _new(field({"allOf": [ref("Board")], "description": "Own words."})), {"length": 1}, lambda m, v: v.length == 1
    ),
    "limits": read_back(_new(field({"type": "integer", "exclusiveMinimum": 3})), 4),
    "Base64": read_back(_new(field({"type": "string", "contentEncoding": "base64"})), "aGk="),
    "bytes": answered(_new(answer(_STREAM, {"contentMediaType": _STREAM})), b"\xff", b"\xff", _STREAM),
}
