"""Changes of bodies and answers."""

import io
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from edits import answer, answers, body, both, fields, get_shelf, label, post_shelf, ref, schema
from table import ANIMALS, BYTES, CAT_OR_DOG, NAMES, NUMBERS, TEXT, Case, answered, uploaded

_ANIMALS = both(*(schema(name, value) for name, value in ANIMALS.items()))
_UPLOAD = fields(note=TEXT, data=BYTES)
_FORM = fields(note=TEXT, count={"type": "integer"}, tags=NAMES)
_BOARD = answer("application/json", ref("Board"))
_NOTHING = answers(_204={"description": "Nothing."})
_OR_NULL = {"type": "object", "nullable": True, "allOf": [ref("Board")]}
_STREAM = "application/octet-stream"
_TIMES = {"type": "array", "items": {"type": "string", "format": "date-time"}}


def _parts(content: bytes, media: str) -> dict[str, bytes]:
    """The parts of a body, read by the standard library."""
    message: Any = BytesParser().parsebytes(f"Content-Type: {media}\r\n\r\n".encode() + content)
    return {
        each.get_param("name", header="content-disposition"): each.get_payload(decode=True)
        for each in message.get_payload()
    }


def _is_length(value: int) -> Any:
    return lambda result: result.length == value


BODIES: dict[str, Case] = {
    "optional, not sent": Case(
        lambda d: post_shelf(d)["requestBody"].pop("required"),
        lambda api, m, s: api.post_shelves(s),
        "POST /shelves",
        body=b"",
    ),
    "optional, sent": uploaded(
        lambda d: post_shelf(d)["requestBody"].pop("required"), lambda: {"title": "t"}, {"title": "t"}
    ),
    "by reference": uploaded(
        both(
            lambda d: d["components"].update(requestBodies={"Odd": post_shelf(d)["requestBody"]}),
            lambda d: post_shelf(d).update(requestBody={"$ref": "#/components/requestBodies/Odd"}),
        ),
        lambda: {"title": "t"},
        {"title": "t"},
    ),
    "text as JSON": uploaded(body("application/json", TEXT), lambda: "hi", "hi"),
    "list of a choice": uploaded(
        both(_ANIMALS, body("application/json", {"type": "array", "items": CAT_OR_DOG})),
        lambda: [{"kind": "Cat"}],
        [{"kind": "Cat"}],
    ),
    "map": uploaded(
        body("application/json", {"type": "object", "additionalProperties": {"type": "integer"}}),
        lambda: {"a": 1},
        {"a": 1},
    ),
    "JSON under another name": uploaded(
        body("application/merge-patch+json", ref("Shelf")),
        lambda: {"title": "t"},
        {"title": "t"},
        "POST /shelves\nContent-Type: application/merge-patch+json",
    ),
    "a second media type": uploaded(
        lambda d: post_shelf(d)["requestBody"]["content"].update({"application/xml": {"schema": ref("Shelf")}}),
        lambda: {"title": "t"},
        {"title": "t"},
    ),
    "form": uploaded(
        body("application/x-www-form-urlencoded", _FORM),
        lambda: {"note": "a b&c", "count": 2, "tags": ["x", "y"]},
        b"note=a+b%26c&count=2&tags=x&tags=y",
        "POST /shelves\nContent-Type: application/x-www-form-urlencoded",
    ),
    "named form": uploaded(
        both(schema("Form", _FORM), body("application/x-www-form-urlencoded", ref("Form"))),
        lambda: {"count": 2},
        b"count=2",
    ),
    "upload": uploaded(
        body("multipart/form-data", _UPLOAD),
        lambda: {"note": "n", "data": io.BytesIO(b"\0\xff")},
        lambda content, media: _parts(content, media) == {"note": b"n", "data": b"\0\xff"},
    ),
    "named upload": uploaded(
        both(schema("Upload", _UPLOAD), body("multipart/form-data", ref("Upload"))),
        lambda: {"data": b"a"},
        lambda content, media: _parts(content, media) == {"data": b"a"},
    ),
    "upload of several files": uploaded(
        body("multipart/form-data", fields(data={"type": "array", "items": BYTES})),
        lambda: {"data": [b"a", b"b"]},
        lambda content, media: content.count(b'name="data"; filename="file"') == 2,
    ),
    "upload with an object beside it": uploaded(
        body("multipart/form-data", fields(data=BYTES, board={"type": "object"})),
        lambda: {"data": b"a", "board": {"x": 1}},
        lambda content, media: b'application/json\r\n\r\n{"x": 1}\r\n' in content,
    ),
    "bytes": uploaded(body(_STREAM, BYTES), lambda: b"\0\xff", b"\0\xff", f"POST /shelves\nContent-Type: {_STREAM}"),
    "bytes called text": uploaded(body("text/csv", BYTES), lambda: b"a,\xff", b"a,\xff"),
    "a file": uploaded(
        body("application/zip", BYTES),
        lambda: Path(__file__),
        lambda content, media: (content, media) == (Path(__file__).read_bytes(), "application/zip"),
    ),
    "text": uploaded(body("text/plain", TEXT), lambda: "hü", "hü".encode(), "POST /shelves\nContent-Type: text/plain"),
}

ANSWERS: dict[str, Case] = {
    "object or null": answered(answer("application/json", _OR_NULL), b"null", None),
    "null or object": answered(answer("application/json", _OR_NULL), {"length": 1}, _is_length(1)),
    "list of objects or null": answered(
        answer("application/json", {"type": "array", "items": _OR_NULL}),
        [None, {"length": 1}],
        lambda result: result[0] is None and result[1].length == 1,
    ),
    "JSON called text": answered(answer("text/json", ref("Board")), {"length": 1}, _is_length(1), "text/json"),
    "lines called JSON": answered(
        answer("application/stream+json", ref("Board")),
        b'{"length": 1}\n{"length": 2}\n',
        lambda result: [each.length for each in result] == [1, 2],
        "application/stream+json",
    ),
    "JSON of a charset": answered(
        answer("application/vnd.a+json; charset=UTF-8", ref("Board")), {"length": 1}, _is_length(1)
    ),
    "text as JSON": answered(answer("application/json", TEXT), "x", "x"),
    "number as JSON": answered(answer("application/json", {"type": "number"}), 1.5, 1.5),
    "boolean as JSON": answered(answer("application/json", {"type": "boolean"}), False, False),
    "JSON of any kind": answered(answer("application/json", {}), {"a": [1]}, {"a": [1]}),
    "map of objects": answered(
        answer("application/json", {"type": "object", "additionalProperties": ref("Board")}),
        {"a": {"length": 1}},
        lambda result: result["a"].length == 1,
    ),
    "timestamps": answered(answer("application/json", _TIMES), ["2026-01-02T03:04:05Z"], ["2026-01-02T03:04:05Z"]),
    "list of lists": answered(answer("application/json", {"type": "array", "items": NUMBERS}), [[1], []], [[1], []]),
    "choice": answered(
        both(_ANIMALS, answer("application/json", CAT_OR_DOG)),
        {"kind": "Dog", "barks": True},
        lambda result: result.barks,
    ),
    "list of a choice": answered(
        both(_ANIMALS, answer("application/json", {"type": "array", "items": CAT_OR_DOG})),
        [{"kind": "Cat", "lives": 9}],
        lambda result: result[0].lives == 9,
    ),
    "bytes": answered(answer(_STREAM, BYTES), b"\0\xff", b"\0\xff", _STREAM),
    "bytes called text": answered(answer("text/csv", BYTES), b"a,\xff", b"a,\xff", "text/csv"),
    "picture": answered(answer("image/png", BYTES), b"\x89PNG", b"\x89PNG", "image/png"),
    "NDJSON": answered(
        answer("application/x-ndjson", ref("Board")),
        b'{"length": 1}\n\n{"length": 2}\n',
        lambda result: iter(result) is result and [each.length for each in result] == [1, 2],
        "application/x-ndjson",
    ),
    "NDJSON, a choice of text and object": answered(
        answer("application/x-ndjson", {"oneOf": [TEXT, ref("Board")]}),
        b'"a"\r\n{"length": 2}',
        lambda result: next(result) == "a" and next(result).length == 2,
        "application/x-ndjson",
    ),
    "204 beside NDJSON": answered(
        both(answer("application/x-ndjson", {}), _NOTHING), b"", lambda result: list(result) == [], status=204
    ),
    "bytes to a file": Case(
        answer(_STREAM, BYTES),
        lambda api, models, s: api.save_shelves_label(s, "s", Path.home() / "label", x_paper="p").read_bytes(),
        "GET /shelves/s/label\nX-Paper: p",
        answer=b"\0\xff",
        media=_STREAM,
        gives=b"\0\xff",
    ),
    "bytes to a file, or 204": Case(
        both(answer(_STREAM, BYTES), _NOTHING),
        lambda api, models, s: (api.save_shelves_label(s, "s", Path.home() / "label"), [*Path.home().glob("*label*")]),
        "GET /shelves/s/label",
        answer=b"",
        status=204,
        gives=(None, []),
    ),
    "bytes to a file where 204 can come": Case(
        both(answer(_STREAM, BYTES), _NOTHING),
        lambda api, models, s: api.save_shelves_label(s, "s", Path.home() / "label").read_bytes(),
        "GET /shelves/s/label",
        answer=b"\0",
        media=_STREAM,
        gives=b"\0",
    ),
    "bytes to a file, after a body": Case(
        both(
            body("application/json", ref("Shelf"), required=False),
            lambda d: post_shelf(d)["responses"]["200"].update(content={"image/png": {"schema": BYTES}}),
        ),
        lambda api, models, s: api.save_post_shelves(s, Path.home() / "shelf", {"title": "t"}).read_bytes(),
        "POST /shelves",
        body={"title": "t"},
        answer=b"\x89",
        media="image/png",
        gives=b"\x89",
    ),
    "bytes of an item beside a listing": Case(
        lambda d: get_shelf(d)["responses"]["200"].update(content={_STREAM: {"schema": BYTES}}),
        lambda api, models, s: (
            api.save_shelves(s, "s", Path.home() / "shelf").read_bytes() == api.get_shelves(s, "s") == b"\0"
        ),
        "GET /shelves/s",
        answer=b"\0",
        media=_STREAM,
        gives=True,
    ),
    "204 beside 200, with a body": answered(both(_BOARD, _NOTHING), {"length": 1}, _is_length(1)),
    "204 beside 200, without a body": answered(both(_BOARD, _NOTHING), b"", None, status=204),
    "202 with the same body": answered(
        both(_BOARD, lambda d: label(d)["responses"].update({"202": label(d)["responses"]["200"]})),
        {"length": 1},
        _is_length(1),
        status=202,
    ),
    "2XX": answered(
        lambda d: label(d).update(responses={"2XX": label(d)["responses"]["200"]}), b"hi", "hi", "text/plain"
    ),
    "headers and links": answered(
        lambda d: label(d)["responses"]["200"].update(headers={"X-Rate": {"schema": NUMBERS}}, links={}),
        b"hi",
        "hi",
        "text/plain",
    ),
}
