"""Changes of parameters."""

from edits import (
    LABEL,
    SHELF,
    both,
    field,
    item_parameter,
    label,
    listing_parameter,
    parameter,
    ref,
    route,
    schema,
    schemas,
)
from table import NAMES, NUMBERS, TEXT, Case, queried

from generator.client.naming import attribute_name

_TIME = {"type": "string", "format": "date-time"}
_ODD = {"name": "odd", "in": "query", "schema": TEXT}
_STRANGE = "a[b]-c"
_OWN_NAMES = ("query", "headers", "segment", "rescale", "routes", "needed")

PARAMETERS: dict[str, Case] = {
    "of an item": Case(
        item_parameter("zone"), lambda api, m, s: api.get_shelves(s, "s", zone="z"), "GET /shelves/s?zone=z"
    ),
    "of a listing, called like the total that callers set": Case(
        listing_parameter("maxItems"),
        lambda api, m, s: api.get_shelves(s, max_items_="7", max_items=1),
        "GET /shelves?maxItems=7",
        answer={"items": []},
    ),
    "of an item, required": Case(
        item_parameter("zone", required=True),
        lambda api, m, s: api.get_shelves(s, "s", zone="z"),
        "GET /shelves/s?zone=z",
    ),
    "of an item, in a header": Case(
        item_parameter("X-Zone", "header"),
        lambda api, m, s: api.get_shelves(s, "s", x_zone="z"),
        "GET /shelves/s\nX-Zone: z",
    ),
    "of listing and item": Case(
        item_parameter("onlyMine"),
        lambda api, m, s: api.get_shelves(s, "s", only_mine="z"),
        "GET /shelves/s?onlyMine=z",
    ),
    "of a listing, required, with its item": Case(
        listing_parameter("zone", required=True), lambda api, m, s: api.get_shelves(s, "s"), "GET /shelves/s"
    ),
    "of a listing, required": Case(
        listing_parameter("zone", required=True),
        lambda api, m, s: api.get_shelves(s, zone="z"),
        "GET /shelves?zone=z",
        answer={"items": []},
        gives=[],
    ),
    "of a listing, required, one by one": Case(
        listing_parameter("zone", required=True),
        lambda api, m, s: list(api.iter_shelves(s, zone="z")),
        "GET /shelves?zone=z",
        answer={"items": []},
        gives=[],
    ),
    "of a path": Case(
        lambda d: d["paths"][SHELF].update(parameters=[{"name": "zone", "in": "query", "schema": TEXT}]),
        lambda api, m, s: api.delete_shelves(s, "s", zone="z"),
        "DELETE /shelves/s?zone=z",
        status=204,
        answer=b"",
    ),
    "by reference": queried(
        both(
            lambda d: d["components"].update(parameters={"Odd": {"name": "odd", "in": "query", "schema": TEXT}}),
            lambda d: label(d)["parameters"].append({"$ref": "#/components/parameters/Odd"}),
        ),
        "odd=1",
        odd="1",
    ),
    "by a reference with percent signs": queried(
        both(
            route("/odd/{x}", parameters=[{"name": "x", "in": "path", "required": True, "schema": TEXT}, _ODD]),
            lambda d: label(d)["parameters"].append({"$ref": "#/paths/~1odd~1%7Bx%7D/get/parameters/1"}),
        ),
        "odd=1",
        odd="1",
    ),
    "header of a path, again in another case": Case(
        both(
            lambda d: d["paths"][LABEL].update(parameters=[{"name": "x-paper", "in": "header", "schema": NAMES}]),
        ),
        lambda api, m, s: api.get_shelves_label(s, "s", x_paper="p"),
        "GET /shelves/s/label\nX-Paper: p",
        answer=b"",
        media="text/plain",
    ),
    "list": queried(parameter(NAMES), "odd=a&odd=b+c", odd=["a", "b c"]),
    "list with commas": queried(parameter(NAMES, explode=False), "odd=a,b%2Cc", odd=["a", "b,c"]),
    "list with spaces": queried(parameter(NAMES, style="spaceDelimited", explode=False), "odd=a%20b", odd=["a", "b"]),
    "list with bars": queried(parameter(NUMBERS, style="pipeDelimited", explode=False), "odd=1%7C2", odd=[1, 2]),
    "object in brackets": queried(
        parameter({"type": "object", "additionalProperties": TEXT}, style="deepObject", explode=True),
        "odd[a]=1&odd[b+c]=x%26y",
        odd={"a": "1", "b c": "x&y"},
    ),
    "object of any values": queried(
        parameter({"type": "object", "additionalProperties": {"oneOf": [{"type": "integer"}, {"type": "boolean"}]}}),
        "n=3&t=true",
        odd={"n": 3, "t": True},
    ),
    "object with commas": queried(
        parameter({"type": "object", "additionalProperties": TEXT}, explode=False), "odd=a,1", odd={"a": "1"}
    ),
    "named object in brackets": Case(
        both(
            schema("Size", {"type": "object", "description": "A size.", "properties": {}}),
            lambda d: schemas(d)["Size"]["properties"].update(length={"type": "integer", "description": "Long."}),
            parameter(ref("Size"), style="deepObject", explode=True),
        ),
        lambda api, models, s: api.get_shelves_label(s, "s", odd=models.Size(length=3)),
        "GET /shelves/s/label?odd[length]=3",
        answer=b"",
        media="text/plain",
    ),
    "choice": queried(parameter({"oneOf": [{"type": "integer"}, TEXT]}), "odd=5", odd=5),
    "enum": queried(parameter(ref("Colour")), "odd=RED", odd="RED"),
    "list of enums": queried(
        parameter({"type": "array", "items": ref("Colour")}, explode=False), "odd=RED,PINK", odd=["RED", "PINK"]
    ),
    "boolean": queried(parameter({"type": "boolean"}), "odd=true", odd=True),
    "timestamp in a path": Case(
        both(lambda d: label(d)["parameters"][0].update(schema=_TIME), field(_TIME, "at")),
        lambda api, m, s: api.get_shelves_label(s, m.Shelf.from_dict({"at": "2026-01-02T03:04:05Z"}).at),
        "GET /shelves/2026-01-02T03:04:05Z/label",
        answer=b"",
        media="text/plain",
    ),
    "boolean in a path": Case(
        lambda d: label(d)["parameters"][0].update(schema={"type": "boolean"}),
        lambda api, models, s: api.get_shelves_label(s, True),
        "GET /shelves/true/label",
        answer=b"",
        media="text/plain",
    ),
    "list in a header": Case(
        parameter(NAMES, "header", "X-Odd"),
        lambda api, models, s: api.get_shelves_label(s, "s", x_odd=["a", "b"]),
        "GET /shelves/s/label\nX-Odd: a,b",
        answer=b"",
        media="text/plain",
    ),
    "default is the service's": queried(parameter({"type": "integer", "default": 7}), ""),
    "called like what the code uses": queried(
        both(*(parameter(TEXT, name=name) for name in _OWN_NAMES)),
        "query=1&headers=1&segment=1&rescale=1&routes=1&needed=1",
        **{f"{name}_": "1" for name in _OWN_NAMES},
    ),
    "with a strange name": queried(parameter(TEXT, name=_STRANGE), "a%5Bb%5D-c=1", **{attribute_name(_STRANGE): "1"}),
    "deprecated": queried(parameter(TEXT, deprecated=True), "odd=1", odd="1"),
}
