"""Changes that are refused: the edit, the place, what is wrong, and a word of the remedy."""

from typing import Any

from edits import (
    LABEL,
    Document,
    Edit,
    answer,
    answers,
    body,
    both,
    field,
    fields,
    label,
    parameter,
    ref,
    renamed,
    route,
    schema,
    schemas,
)
from table import ANIMALS, BYTES, CAT_OR_DOG, NAMES, TEXT

_LABEL = "#/paths/~1shelves~1{shelfId}~1label/get"
_PARAMETER = f"{_LABEL}/parameters/3"
_ANSWER = f"{_LABEL}/responses/200/content"
_BODY = "#/paths/~1shelves/post/requestBody/content"
_SHELF = "#/components/schemas/Shelf"
_ODD = f"{_SHELF}/properties/odd"
_COLOUR = "#/components/schemas/Colour/enum"
_ANIMALS = both(*(schema(name, value) for name, value in ANIMALS.items()))
_FORM = "application/x-www-form-urlencoded"
_INLINE = {"type": "object", "properties": {"a": {"type": "string", "description": "A."}}}

Line = tuple[Edit, str, str, str]


def _scheme(**scheme: Any) -> Edit:
    return lambda d: d["components"]["securitySchemes"].update(Bearer=scheme)


def _refused_scheme(scheme: dict[str, Any], why: str) -> Line:
    return _scheme(**scheme), "#/components/securitySchemes/Bearer", why, "bearer token"


def _class(name: str) -> Line:
    return renamed("Board", name), f"#/components/schemas/{name}", repr(name), "Htc" + name


def _colours(*values: Any, **more: Any) -> Edit:
    return lambda d: schemas(d)["Colour"].update(enum=list(values), nullable=False, **more)


def _without(key: str) -> Edit:
    return both(parameter(TEXT), lambda d: label(d)["parameters"][-1].pop(key))


def _second_shelf_route(d: Document) -> None:
    d["paths"]["/shelves/label"] = {"get": {**label(d), "operationId": "other", "parameters": []}}


REFERENCES: dict[str, Line] = {
    "dangling": (field(ref("Shelve")), _ODD, "leads nowhere", "spelling"),
    "out of the file": (field({"$ref": "other.yaml#/Shelf"}), _ODD, "leaves this file", "here"),
    "to a reference": (
        both(schema("A", ref("Board")), field(ref("A"))),
        _ODD,
        "leads to another reference",
        "#/components/schemas/Board",
    ),
    "to a field": (field({"$ref": f"{_SHELF}/properties/title"}), _ODD, "is not a named schema", "components/schemas"),
    "that is no string": (field({"$ref": 5}), f"{_ODD}/$ref", "must be a string, not 5", "#/components/schemas"),
    "of a parameter to a schema": (
        lambda d: label(d)["parameters"].append(ref("Board")),
        _PARAMETER,
        "does not lead to a parameter",
        "components/parameters",
    ),
    "in a default response": (
        answers(_default={"$ref": "#/components/responses/Nobody"}),
        f"{_LABEL}/responses/default",
        "leads nowhere",
        "spelling",
    ),
    "that is only a name": (field({"$ref": "Board"}), _ODD, "leaves this file", "'#/components/schemas/Board'"),
    "to an anchor": (field({"$ref": "#board"}), _ODD, "names no place", "whole pointer"),
    "parameter with something beside": (
        both(
            lambda d: d["components"].update(parameters={"Odd": {"name": "odd", "in": "query", "schema": TEXT}}),
            lambda d: label(d)["parameters"].append({"$ref": "#/components/parameters/Odd", "required": True}),
        ),
        f"{_PARAMETER}/required",
        "next to `$ref` has no effect",
        "write out a parameter here",
    ),
    "with something beside": (
        field({**ref("Board"), "nullable": True}),
        f"{_ODD}/nullable",
        "next to `$ref` has no effect",
        "allOf",
    ),
}

FRAME: dict[str, Line] = {
    "no paths": (lambda d: d.update(paths={}), "#/", "There are no paths", "paths"),
    "no servers": (lambda d: d.pop("servers"), "#/", "There are no servers", "base URL"),
    "relative server": (lambda d: d.update(servers=[{"url": "/api"}]), "#/servers/0/url", "not absolute", "https://"),
    "variable without a default": (
        lambda d: d.update(servers=[{"url": "https://{host}"}]),
        "#/servers/0/url",
        "'host'",
        "variables",
    ),
    "variable that is null": (
        lambda d: d.update(servers=[{"url": "https://{host}", "variables": {"host": None}}]),
        "#/servers/0/variables/host",
        "has no default",
        "string",
    ),
    "variable with another default": (
        lambda d: d.update(servers=[{"url": "https://{h}", "variables": {"h": {"default": "b", "enum": ["a"]}}}]),
        "#/servers/0/variables/h/default",
        "'b' is not one of the values",
        "enum",
    ),
    "server without a URL": (lambda d: d.update(servers=[{}]), "#/servers/0", "`url` of a server is missing", "Add"),
    "server that is no URL": (lambda d: d.update(servers=[{"url": "https://[::1"}]), "#/servers/0/url", "no URL", "it"),
    "server with a space": (
        lambda d: d.update(servers=[{"url": "https://x y"}]),
        "#/servers/0/url",
        "a character that no URL has",
        "Remove",
    ),
    "server with a password": (
        lambda d: d.update(servers=[{"url": "https://a:b@x"}]),
        "#/servers/0/url",
        "has credentials",
        "Remove",
    ),
    "credential that is a name": (
        lambda d: label(d).update(security=["Bearer"]),
        f"{_LABEL}/security/0",
        "must be an object, not 'Bearer'",
        "Correct",
    ),
    "credential that is null": (lambda d: d.update(security=[None]), "#/security/0", "an object, not null", "Correct"),
    "tag without a name": (lambda d: d.update(tags=[{}]), "#/tags/0", "`name` of a tag is missing", "Add"),
    "webhooks": (lambda d: d.update(openapi="3.1.0", webhooks={"a": {}}), "#/webhooks", "not supported", "Remove"),
    "typo in an operation": (lambda d: label(d).update(sumary="x"), f"{_LABEL}/sumary", "`summary` is", "spelling"),
    "operation with servers": (
        lambda d: label(d).update(servers=[{"url": "https://x"}]),
        f"{_LABEL}/servers",
        "not supported",
        "base URL",
    ),
    "operation with callbacks": (
        lambda d: label(d).update(callbacks={}),
        f"{_LABEL}/callbacks",
        "not supported",
        "Remove",
    ),
    "path by reference": (
        lambda d: d["paths"].update({"/x": {"$ref": "#/paths/~1shelves"}}),
        "#/paths/~1x/$ref",
        "not supported",
        "operations",
    ),
    "no operationId": (lambda d: label(d).pop("operationId"), _LABEL, "has no operationId", "unique"),
    "doubled operationId": (
        lambda d: label(d).update(operationId="getShelf"),
        f"{_LABEL}/operationId",
        "is taken by GET /shelves/{shelfId}",
        "another",
    ),
    "operationIds that give one module": (
        lambda d: label(d).update(operationId="get_shelf"),
        f"{_LABEL}/operationId",
        "is taken by",
        "another",
    ),
    "two routes for one function": (
        _second_shelf_route,
        "#/paths/~1shelves~1label/get",
        "are both called get_shelves_label",
        "FUNCTION_ALIASES",
    ),
    "item and collection of a PUT": (
        both(route("/shelves", "put"), route("/shelves/{shelfId}", "put", operationId="another")),
        "#/paths/~1shelves~1{shelfId}/put",
        "are both called put_shelves",
        "FUNCTION_ALIASES",
    ),
    "bytes of a listing and of its item": (
        lambda d: [
            d["paths"][path]["get"]["responses"]["200"].update(content={"image/png": {"schema": BYTES}})
            for path in ("/shelves", "/shelves/{shelfId}")
        ],
        "#/paths/~1shelves~1{shelfId}/get",
        "both be written by save_shelves",
        "FUNCTION_ALIASES",
    ),
    "bytes of a route with a parameter called as the file": (
        both(answer("image/png", BYTES), parameter(TEXT, name="localPath")),
        _LABEL,
        "two parameters called local_path",
        "PARAMETER_ALIASES",
    ),
    "path parameter not described": (lambda d: label(d)["parameters"].pop(0), _LABEL, "is not described", "agree"),
    "path parameter too many": (
        parameter(TEXT, "path", "more", required=True),
        _PARAMETER,
        "does not appear in the path",
        "agree",
    ),
    "path with a query": (route("/odd?x=1"), "#/paths/~1odd?x=1", "holds a query", "parameters"),
    "path with dot segments": (route("/odd/../x"), "#/paths/~1odd~1..~1x", "has a dot segment", "that is meant"),
    "item and collection of a POST": (
        both(route("/odd", "post"), route("/odd/{id}", "post", operationId="other")),
        "#/paths/~1odd~1{id}/post",
        "POST /odd/{id} and /odd are both called post_odd",
        "FUNCTION_ALIASES",
    ),
    "item and collection of a PATCH": (
        both(route("/odd", "patch"), route("/odd/{id}", "patch", operationId="other")),
        "#/paths/~1odd~1{id}/patch",
        "PATCH /odd/{id} and /odd are both called patch_odd",
        "FUNCTION_ALIASES",
    ),
    "same path with another parameter": (
        both(route("/odd/{a}"), route("/odd/{b}", operationId="other")),
        "#/paths/~1odd~1{b}/get",
        "are both called get_odd",
        "FUNCTION_ALIASES",
    ),
    "version that is a number": (
        lambda d: d["info"].update(version=1.5),
        "#/info/version",
        "must be a string, not 1.5",
        "quotes",
    ),
    "two credentials at once": (
        lambda d: label(d).update(security=[{"Bearer": [], "ApiKey": []}]),
        "#/components/securitySchemes/Bearer",
        "two credentials at once",
        "bearer token",
    ),
    "path without a slash": (lambda d: d["paths"].update({"odd": {}}), "#/paths/odd", "does not start with /", "Start"),
    "key in another header": _refused_scheme(
        {"type": "apiKey", "in": "header", "name": "X-Key"}, "a key in the header 'X-Key'"
    ),
    "key in the query": _refused_scheme({"type": "apiKey", "in": "query", "name": "key"}, "a key in the query 'key'"),
    "basic": _refused_scheme({"type": "http", "scheme": "basic"}, "http basic"),
    "OAuth 2": _refused_scheme({"type": "oauth2", "flows": {}}, "oauth2"),
    "OpenID": _refused_scheme({"type": "openIdConnect", "openIdConnectUrl": "https://x"}, "openIdConnect"),
    "unknown security scheme": (
        lambda d: d["components"]["securitySchemes"].pop("ApiKey"),
        "#/paths/~1keys~1self/get/security",
        "'ApiKey' is not described",
        "securitySchemes",
    ),
}

PARAMETERS: dict[str, Line] = {
    "header with a space": (
        parameter(TEXT, "header", "X Odd"),
        _PARAMETER,
        "'X Odd' is not a name for a header",
        "name",
    ),
    "header with a line break": (
        parameter(TEXT, "header", "X\r\nA"),
        _PARAMETER,
        "is not a name for a header",
        "name",
    ),
    "without a name": (parameter(TEXT, name=""), _PARAMETER, "'' is not a name for a query parameter", "name"),
    "name missing": (_without("name"), _PARAMETER, "`name` of a parameter is missing", "Add `name`"),
    "place missing": (_without("in"), _PARAMETER, "`in` of a parameter is missing", "Add `in`"),
    "in a body": (parameter(TEXT, "body"), f"{_PARAMETER}/in", "'body' is not a place of a parameter", "query"),
    "header of the connection": (
        parameter(TEXT, "header", "Transfer-Encoding"),
        _PARAMETER,
        "The session sets the header Transfer-Encoding itself",
        "remove",
    ),
    "in the path, not required": (
        lambda d: label(d)["parameters"][0].pop("required"),
        f"{_LABEL}/parameters/0",
        "'shelfId' is not required",
        "required: true",
    ),
    "same name in path and query": (
        parameter(TEXT, name="shelfId"),
        _LABEL,
        "two parameters called shelf_id",
        'PARAMETER_ALIASES in generator/client/naming.py: ("getLabel", "query:shelfId"): "another_name"',
    ),
    "headers that differ by case": (
        both(parameter(TEXT, "header", "X-Odd"), parameter(TEXT, "header", "x-odd")),
        f"{_LABEL}/parameters/4",
        "'X-Odd' and 'x-odd' are one and the same",
        "Remove one",
    ),
    "two of one place": (
        both(parameter(TEXT), parameter(NAMES)),
        f"{_LABEL}/parameters/4",
        "'odd' and 'odd' are one and the same",
        "Remove one",
    ),
    "choice of objects": (
        both(_ANIMALS, parameter(CAT_OR_DOG)),
        _PARAMETER,
        "A choice of objects cannot be sent in the query",
        "one of them",
    ),
    "names that differ by case": (
        both(parameter(TEXT, name="fooBar"), parameter(TEXT, name="foo_bar")),
        _LABEL,
        "two parameters called foo_bar",
        "PARAMETER_ALIASES",
    ),
    "cookie": (parameter(TEXT, "cookie"), _PARAMETER, "Cookie parameters", "Remove"),
    "object in a header": (
        parameter({"type": "object"}, "header"),
        _PARAMETER,
        "header parameter cannot be an object",
        "string",
    ),
    "list of objects": (
        parameter({"type": "array", "items": ref("Board")}),
        _PARAMETER,
        "array of arrays or objects",
        "strings",
    ),
    "object of objects": (
        parameter(ref("Shelf"), style="deepObject"),
        _PARAMETER,
        "cannot be objects or arrays",
        "strings",
    ),
    "choice of text and list": (
        parameter({"oneOf": [TEXT, NAMES]}),
        _PARAMETER,
        "cannot be a choice between a string and an array",
        "one of them",
    ),
    "style for a path": (
        lambda d: label(d)["parameters"][0].update(style="matrix"),
        f"{_LABEL}/parameters/0/style",
        "'matrix' of a path parameter is not supported",
        "simple",
    ),
    "deepObject for a text": (parameter(TEXT, style="deepObject"), f"{_PARAMETER}/style", "needs an object", "form"),
    "list in a path": (
        lambda d: label(d)["parameters"][0].update(schema=NAMES),
        f"{_LABEL}/parameters/0",
        "path parameter cannot be an array",
        "string",
    ),
    "allowReserved": (
        parameter(TEXT, allowReserved=True),
        f"{_PARAMETER}/allowReserved",
        "not supported",
        "percent-encoded",
    ),
    "content": (
        lambda d: label(d)["parameters"].append({"name": "odd", "in": "query", "content": {"text/plain": {}}}),
        f"{_PARAMETER}/content",
        "not supported",
        "schema",
    ),
    "header of the session": (
        parameter(TEXT, "header", "authorization"),
        _PARAMETER,
        "sets the header authorization itself",
        "security",
    ),
    "inline enum": (
        parameter({"type": "string", "enum": ["A", "B"]}),
        f"{_PARAMETER}/schema",
        "choice of values is written inline",
        "Move",
    ),
    "two of one name": (
        parameter(TEXT, name="shelf_id"),
        _LABEL,
        "two parameters called shelf_id",
        "PARAMETER_ALIASES",
    ),
}

SCHEMAS: dict[str, Line] = {
    "name too long for a file": (
        schema("A" * 300, fields(a=TEXT)),
        f"#/components/schemas/{'A' * 300}",
        "is too long for the name of a file",
        "shorter",
    ),
    "values that are not of their type": (
        _colours("1", 2, type="string"),
        f"{_COLOUR}/1",
        "2 does not fit `type: string`",
        "quotes",
    ),
    "value beyond 64 bits": (_colours(2**63, type="integer"), f"{_COLOUR}/0", "does not fit into 64 bits", "string"),
    "choice of fractions": (
        field({"type": "number", "enum": [1.5, 2.5]}),
        f"{_ODD}/enum",
        "choice of fractions",
        "Remove `enum`",
    ),
    "pattern that is none": (
        field({"type": "string", "pattern": "("}),
        f"{_ODD}/pattern",
        "'(' is not a regular expression",
        "Correct",
    ),
    "choice within a choice": (
        both(
            _ANIMALS,
            schema("Pet", {**CAT_OR_DOG, "description": "A pet."}),
            field({"oneOf": [ref("Pet"), ref("Board")], "discriminator": CAT_OR_DOG["discriminator"]}),
        ),
        f"{_ODD}/oneOf/1",
        "Nothing distinguishes this object",
        "inner choice",
    ),
    "choice of nothing but null": (
        schema("Odd", {"type": "string", "nullable": True, "enum": [None]}),
        "#/components/schemas/Odd/enum",
        "holds no value",
        "remove `enum`",
    ),
    "fields by pattern": (
        field({"type": "object", "patternProperties": {}}),
        f"{_ODD}/patternProperties",
        "not supported",
        "additionalProperties",
    ),
    "tuple": (
        field({"type": "array", "items": {}, "prefixItems": [TEXT]}),
        f"{_ODD}/prefixItems",
        "not supported",
        "`items`",
    ),
    "if and then": (field({"if": {}}), f"{_ODD}/if", "not a supported keyword", "known keywords"),
    "limit that is no number": (
        field({"type": "number", "minimum": float("nan")}),
        f"{_ODD}/minimum",
        "must be a number, not 'NaN'",
        "Correct",
    ),
    "allOf that requires what nobody describes": (
        schema("Odd", {"description": "Odd.", "allOf": [ref("Board"), {"required": ["nobody"]}]}),
        "#/components/schemas/Odd/allOf",
        "'nobody' is not described",
        "part",
    ),
    "bytes in an object": (
        both(schema("Odd", fields(data=BYTES)), field(ref("Odd"))),
        "#/components/schemas/Odd/properties/data",
        "JSON cannot hold bytes",
        "multipart/form-data",
    ),
    "value that holds itself": (
        both(
            schema("Odd", {"description": "Odd.", "oneOf": [TEXT, {"type": "array", "items": ref("Odd")}]}),
            field(ref("Odd")),
        ),
        "#/components/schemas/Odd/oneOf/1/items",
        "Odd consists of itself",
        "object in between",
    ),
    "inline enum without a type": (field({"enum": ["a", "b"]}), _ODD, "written inline", "Move"),
    "inline enum without a type in a list": (
        field({"type": "array", "items": {"enum": ["a", "b"]}}),
        f"{_ODD}/items",
        "written inline",
        "Move",
    ),
    "choice of objects by value": (field({"enum": [{"a": 1}]}), f"{_ODD}/enum", "cannot be a constant", "`type`"),
    "size below zero": (
        field({"type": "string", "maxLength": -1}),
        f"{_ODD}/maxLength",
        "a non-negative integer, not -1",
        "Correct",
    ),
    "multiple of zero": (field({"type": "number", "multipleOf": 0}), f"{_ODD}/multipleOf", "less than or", "Correct"),
    "required that is no name": (
        lambda d: schemas(d)["Board"].update(required=[{"length": 1}]),
        "#/components/schemas/Board/required/0",
        "must be a string, not an object",
        "Correct",
    ),
    "required twice": (
        lambda d: schemas(d)["Board"].update(required=["length", "length"]),
        "#/components/schemas/Board/required",
        "non-unique",
        "Correct",
    ),
    "names that Python takes for one": (
        both(field(TEXT, "\ufb01x"), field(TEXT, "fix")),
        f"{_SHELF}/properties/fix",
        "both become the attribute fix",
        "WHOLE_WORDS",
    ),
    "inline object": (field(_INLINE), _ODD, "written inline", "Move"),
    "inline object in a list": (
        field({"type": "array", "items": _INLINE}),
        f"{_ODD}/items",
        "is written inline",
        "Move",
    ),
    "inline enum": (field({"enum": ["a", "b"], "type": "string"}), _ODD, "written inline", "Move"),
    "inline allOf": (field({"allOf": [ref("Key"), ref("Board")]}), _ODD, "allOf of several", "Move"),
    "allOf that contradicts itself": (
        schema("Both", {"allOf": [ref("Board"), fields(length={"type": "string"})]}),
        "#/components/schemas/Both/allOf/1",
        "'length' is described in two ways",
        "Write out",
    ),
    "allOf of itself": (
        schema("Both", {"allOf": [ref("Both")]}),
        "#/components/schemas/Both/allOf/0",
        "is part of itself",
        "Write out",
    ),
    "choice without a discriminator": (
        field({"oneOf": [ref("Key"), ref("Board")]}),
        _ODD,
        "Nothing distinguishes Key from Board",
        "discriminator",
    ),
    "discriminator without its field": (
        both(_ANIMALS, field({"oneOf": [ref("Cat"), ref("Key")], "discriminator": {"propertyName": "kind"}})),
        f"{_ODD}/discriminator/propertyName",
        "Key has no field 'kind'",
        "Add the field",
    ),
    "discriminator to nowhere": (
        both(
            _ANIMALS,
            field(
                {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind", "mapping": {"x": "Y"}}}
            ),
        ),
        f"{_ODD}/discriminator/mapping/x",
        "is not part of the choice",
        "member",
    ),
    "choice beside fields": (
        lambda d: schemas(d)["Board"].update(oneOf=[ref("Key")]),
        "#/components/schemas/Board",
        "`properties` and `oneOf`",
        "of its own",
    ),
    "lists of two kinds": (
        field({"oneOf": [NAMES, {"type": "array", "items": ref("Key")}]}),
        f"{_ODD}/oneOf/1",
        "Nothing distinguishes",
        "one type",
    ),
    "list of itself": (
        both(schema("Tree", {"type": "array", "items": ref("Tree")}), field({"allOf": [ref("Tree")]})),
        "#/components/schemas/Tree/items",
        "consists of itself",
        "object",
    ),
    "array without items": (field({"type": "array"}), _ODD, "does not say what it holds", "items"),
    "bytes in JSON": (field(BYTES), _ODD, "JSON cannot hold bytes", "multipart"),
    "not": (field({"not": TEXT}), f"{_ODD}/not", "not supported", "what the value is"),
    "required: true": (
        field({"type": "string", "required": True}),
        f"{_ODD}/required",
        "must be a list, not true",
        "object that holds it",
    ),
    "required without its field": (
        lambda d: schemas(d)["Board"].update(required=["depth"]),
        "#/components/schemas/Board/required/0",
        "'depth' is not described",
        "properties",
    ),
    "typo": (field({"type": "string", "descripton": "x"}), f"{_ODD}/descripton", "`description` is", "spelling"),
    "unknown type": (field({"type": "text"}), f"{_ODD}/type", "'text' is not a type", "string"),
    "list of types in 3.0": (field({"type": ["string", "null"]}), f"{_ODD}/type", "must be a string", "nullable"),
    "limit of another kind": (
        field({"type": "string", "maxLength": "9"}),
        f"{_ODD}/maxLength",
        "integer",
        "Correct",
    ),
    "values of a number": (
        field({"type": "integer", "properties": {"a": TEXT}}),
        f"{_ODD}/properties",
        "does not fit `type: integer`",
        "object",
    ),
    "no description": (
        lambda d: schemas(d)["Shelf"]["properties"].update(odd={"type": "string"}),
        _ODD,
        "Shelf.odd has no description",
        "docstring",
    ),
    "default that does not fit": (
        field({"type": "integer", "default": "many"}),
        f"{_ODD}/default",
        "'many' is not of type",
        "Correct",
    ),
    "if and then of 3.1": (
        both(lambda d: d.update(openapi="3.1.0"), field({"type": "string", "if": {}})),
        f"{_ODD}/if",
        "not a supported",
        "Remove",
    ),
    "attributes that clash": (
        field({"type": "integer"}, "Length", "Board"),
        "#/components/schemas/Board/properties/Length",
        "both become the attribute length",
        "WHOLE_WORDS",
    ),
    "null among values": (
        lambda d: schemas(d)["Colour"].pop("nullable"),
        _COLOUR,
        "null that the type does not allow",
        "nullable",
    ),
    "members that clash": (_colours("dark blue", "DARK_BLUE"), f"{_COLOUR}/1", "member DARK_BLUE", "plain string"),
    "doubled value": (_colours("RED", "RED"), f"{_COLOUR}/1", "is named twice", "Remove"),
    "values of two kinds": (
        both(_colours("RED", 1), lambda d: schemas(d)["Colour"].pop("type")),
        f"{_COLOUR}/1",
        "both strings and numbers",
        "all",
    ),
    "values that are no texts": (_colours(1.5, type="number"), f"{_COLOUR}/0", "cannot be a member", "strings"),
    "no values": (_colours(), _COLOUR, "holds no value", "Add"),
    "class in small letters": (
        renamed("Board", "small_board"),
        "#/components/schemas/small_board",
        "cannot name a class",
        "SmallBoard",
    ),
    "class of Python": _class("Exception"),
    "class None": _class("None"),
    "class of the generated code": _class("Mapping"),
    "class of the models": _class("Record"),
    "class of the readers": _class("Variant"),
    "classes that give one module": (
        schema("KEY", fields(a=TEXT)),
        "#/components/schemas/KEY",
        "both become the module key",
        "Rename",
    ),
}

BODIES: dict[str, Line] = {
    "text of another charset": (
        body("text/plain; charset=latin-1", TEXT),
        f"{_BODY}/text~1plain; charset=latin-1",
        "The charset latin-1 is not supported",
        "utf-8",
    ),
    "answer of another charset": (
        answer("application/json;charset=utf-16", ref("Board")),
        f"{_ANSWER}/application~1json;charset=utf-16",
        "The charset utf-16 is not supported",
        "utf-8",
    ),
    "status in small letters": (
        lambda d: label(d).update(responses={"2xx": label(d)["responses"]["200"]}),
        f"{_LABEL}/responses/2xx",
        "'2xx' is not a status code",
        "2XX",
    ),
    "XML": (body("application/xml", ref("Shelf")), _BODY, "application/xml are not supported", "JSON"),
    "encoding": (
        body("multipart/form-data", fields(a=BYTES), encoding={}),
        f"{_BODY}/multipart~1form-data/encoding",
        "not supported",
        "Remove",
    ),
    "bytes in a form": (
        body(_FORM, fields(a=BYTES)),
        f"{_BODY}/{_FORM.replace('/', '~1')}/schema/properties/a",
        "cannot hold bytes",
        "multipart",
    ),
    "object in a form": (
        body(_FORM, fields(a=ref("Board"))),
        f"{_BODY}/{_FORM.replace('/', '~1')}/schema/properties/a",
        "cannot hold an object",
        "JSON",
    ),
    "form of a list": (
        body("multipart/form-data", NAMES),
        f"{_BODY}/multipart~1form-data/schema",
        "must be an object",
        "fields",
    ),
    "inline body": (
        body("application/json", _INLINE),
        f"{_BODY}/application~1json/schema",
        "is written inline",
        "Move",
    ),
    "inline answer": (
        answer("application/json", _INLINE),
        f"{_ANSWER}/application~1json/schema",
        "is written inline",
        "Move",
    ),
    "number as text": (
        answer("text/plain", {"type": "integer"}),
        f"{_ANSWER}/text~1plain/schema",
        "must be a string",
        "as JSON",
    ),
    "object as bytes": (
        answer("application/pdf", ref("Board")),
        f"{_ANSWER}/application~1pdf/schema",
        "must be a string",
        "as JSON",
    ),
    "object sent as bytes": (
        body("application/pdf", ref("Board")),
        f"{_BODY}/application~1pdf/schema",
        "must be a string",
        "as JSON",
    ),
    "lines sent": (body("application/x-ndjson", ref("Board")), _BODY, "x-ndjson are not supported", "bytes"),
    "answer of any kind": (answer("*/*", TEXT), _ANSWER, "*/* are not supported", "NDJSON"),
    "stream of events": (answer("text/event-stream", TEXT), _ANSWER, "text/event-stream are not supported", "NDJSON"),
    "response without a description": (
        lambda d: label(d)["responses"]["200"].pop("description"),
        f"{_LABEL}/responses/200",
        "`description` of a response is missing",
        "Add",
    ),
    "no successful response": (
        lambda d: label(d).update(responses={"404": {"description": "None."}}),
        f"{_LABEL}/responses",
        "has no successful response",
        "2xx",
    ),
    "202 with another body": (
        answers(_202={"description": "Later.", "content": {"application/json": {"schema": ref("Board")}}}),
        f"{_LABEL}/responses",
        "have different bodies",
        "oneOf",
    ),
    "answers of the wrong kind": (
        lambda d: d["paths"][LABEL]["get"].update(responses=7),
        f"{_LABEL}/responses",
        "must be an object, not 7",
        "Correct",
    ),
}


def _new(edit: Edit) -> Edit:
    return both(lambda d: d.update(openapi="3.1.0"), edit)


_NULL = {"type": "null"}
VERSION_3_1: dict[str, Line] = {
    # What is rewritten as 3.0 is named as it is written.
    "types, one of them unknown": (_new(field({"type": ["string", "nil"]})), f"{_ODD}/type", "'nil' is not a", "Write"),
    "null without quotes": (_new(field({"type": ["string", None]})), f"{_ODD}/type", "must be a string", '"null" in'),
    "nothing but null": (_new(field({"type": ["null"]})), f"{_ODD}/type", "always null", "Write string"),
    "array without items among types": (_new(field({"type": ["string", "array"]})), _ODD, "what it holds", "`items`"),
    "inline object or null": (_new(field({"anyOf": [_NULL, _INLINE]})), f"{_ODD}/anyOf/1", "written inline", "Move"),
    "second of a choice with null": (
        _new(field({"oneOf": [TEXT, _NULL, _INLINE]})),
        f"{_ODD}/oneOf/2",
        "written inline",
        "Move",
    ),
    "dangling reference with words": (
        _new(lambda d: schemas(d)["Shelf"]["properties"].update(odd={**ref("Nobody"), "description": "Own words."})),
        _ODD,
        "leads nowhere",
        "spelling",
    ),
    "constant of another type": (
        _new(field({"const": "a", "type": "integer"})),
        f"{_ODD}/const",
        "'a' does not fit",
        "Correct",
    ),
    "constant null": (_new(field({"const": None})), f"{_ODD}/const", "holds no value", "remove"),
    "constant object": (_new(field({"const": {"a": 1}})), f"{_ODD}/const", "cannot be a constant", "`type`"),
    "allOf beside a choice with null": (
        _new(field({"allOf": [ref("Board")], "anyOf": [ref("Key"), _NULL]})),
        _ODD,
        "`anyOf` and `allOf`",
        "of its own",
    ),
    "another encoding": (
        _new(field({"type": "string", "contentEncoding": "base64url"})),
        f"{_ODD}/contentEncoding",
        "not a supported",
        "Remove",
    ),
    "path items": (
        _new(lambda d: d["components"].update(pathItems={"A": {}})),
        "#/components/pathItems",
        "not a supported",
        "Remove",
    ),
    "another dialect": (
        _new(lambda d: d.update(jsonSchemaDialect="http://json-schema.org/draft-07/schema#")),
        "#/jsonSchemaDialect",
        "not a supported",
        "Remove",
    ),
    "schema that nothing fits": (
        _new(field({"type": "array", "items": False})),
        f"{_ODD}/items",
        "not false",
        "Correct",
    ),
    "mutual TLS": (
        _new(_scheme(type="mutualTLS")),
        "#/components/securitySchemes/Bearer",
        "not supported: mutualTLS",
        "bearer token",
    ),
}
