"""Which keywords are allowed where in an OpenAPI description, and what they hold.

This is the only table of what the generator knows: any other keyword is refused by name, so that nothing that the
description says can be lost on the way to the code.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from .spec import METHODS, Problem, below

_ANY = object
_NUMBER = (int, float)

# Keywords that hold further nodes: their kind, and whether there is one, a list or a map of them.
_CHILDREN: dict[str, dict[str, tuple[str, str]]] = {
    "document": {
        "info": ("info", "one"),
        "paths": ("path", "map"),
        "components": ("components", "one"),
        "servers": ("server", "list"),
        "tags": ("tag", "list"),
    },
    "components": {
        "schemas": ("schema", "map"),
        "parameters": ("parameter", "map"),
        "requestBodies": ("body", "map"),
        "responses": ("response", "map"),
        "headers": ("header", "map"),
        "securitySchemes": ("scheme", "map"),
    },
    "path": {"parameters": ("parameter", "list"), **dict.fromkeys(METHODS, ("operation", "one"))},
    "operation": {
        "parameters": ("parameter", "list"),
        "requestBody": ("body", "one"),
        "responses": ("response", "map"),
    },
    "parameter": {"schema": ("schema", "one")},
    "header": {"schema": ("schema", "one"), "content": ("media", "map")},
    "body": {"content": ("media", "map")},
    "response": {"content": ("media", "map"), "headers": ("header", "map")},
    "media": {"schema": ("schema", "one")},
    "schema": {
        "properties": ("schema", "map"),
        "items": ("schema", "one"),
        "additionalProperties": ("schema", "one"),
        "allOf": ("schema", "list"),
        "oneOf": ("schema", "list"),
        "anyOf": ("schema", "list"),
    },
}

_PROSE: dict[str, Any] = {"description": str, "summary": str, "externalDocs": dict}

# Keywords that hold a value.
_VALUES: dict[str, dict[str, Any]] = {
    "document": {"openapi": str, "security": list, "externalDocs": dict},
    "info": {"title": str, "version": str, "termsOfService": str, "contact": dict, "license": dict, **_PROSE},
    "components": {"examples": dict, "links": dict, "callbacks": dict},
    "server": {"url": str, "description": str, "variables": dict},
    "tag": {"name": str, "description": str, "externalDocs": dict},
    "path": {**_PROSE},
    "operation": {"operationId": str, "tags": list, "deprecated": bool, "security": list, **_PROSE},
    "parameter": {
        "name": str,
        "in": str,
        "required": bool,
        "deprecated": bool,
        "allowEmptyValue": bool,
        "style": str,
        "explode": bool,
        "allowReserved": bool,
        "description": str,
        "example": _ANY,
        "examples": dict,
    },
    "header": {
        "required": bool,
        "deprecated": bool,
        "style": str,
        "explode": bool,
        "description": str,
        "example": _ANY,
        "examples": dict,
    },
    "body": {"required": bool, "description": str},
    "response": {"description": str, "links": dict},
    "media": {"example": _ANY, "examples": dict},
    "scheme": {
        "type": str,
        "description": str,
        "name": str,
        "in": str,
        "scheme": str,
        "bearerFormat": str,
        "flows": dict,
        "openIdConnectUrl": str,
    },
    "schema": {
        "type": str,
        "format": str,
        "title": str,
        "description": str,
        "default": _ANY,
        "example": _ANY,
        "enum": list,
        "required": list,
        "nullable": bool,
        "readOnly": bool,
        "writeOnly": bool,
        "deprecated": bool,
        "minimum": _NUMBER,
        "maximum": _NUMBER,
        "exclusiveMinimum": bool,
        "exclusiveMaximum": bool,
        "multipleOf": _NUMBER,
        "minLength": int,
        "maxLength": int,
        "minItems": int,
        "maxItems": int,
        "minProperties": int,
        "maxProperties": int,
        "uniqueItems": bool,
        "pattern": str,
        "discriminator": dict,
        "externalDocs": dict,
        "xml": dict,
    },
}

# Keywords that the standard has and the generator does not support, and what to do instead.
_UNSUPPORTED: dict[str, dict[str, str]] = {
    "document": {"webhooks": "Remove them: calls from the service to its users are not part of a client."},
    "path": {
        "$ref": "Write the operations here.",
        "servers": "Describe the base URL of the service at the top; a route cannot have one of its own.",
    },
    "operation": {
        "servers": "Describe the base URL of the service at the top; a route cannot have one of its own.",
        "callbacks": "Remove them: calls from the service to its users are not part of a client.",
    },
    "parameter": {"content": "Describe the parameter with a `schema`."},
    "media": {"encoding": "Remove it: parts are sent with the standard's default encoding."},
    "schema": {
        "not": "Describe what the value is.",
        "patternProperties": "Describe the values with `additionalProperties`.",
        "prefixItems": "Describe the values with `items`.",
        **dict.fromkeys(("propertyNames", "unevaluatedProperties", "unevaluatedItems", "contains"), "Remove it."),
    },
}

_WORDS = {
    "document": "a description",
    "info": "`info`",
    "components": "`components`",
    "server": "a server",
    "tag": "a tag",
    "path": "a path",
    "operation": "an operation",
    "parameter": "a parameter",
    "header": "a header",
    "body": "a request body",
    "response": "a response",
    "scheme": "a security scheme",
    "media": "a media type",
    "schema": "a schema",
}
_NEEDED = {
    "info": ("title", "version"),
    "server": ("url",),
    "tag": ("name",),
    "parameter": ("name", "in"),
    "body": ("content",),
    "response": ("description",),
    "scheme": ("type",),
}
# What the lists hold that are not lists of nodes.
_ITEMS = {
    ("schema", "required"): str,
    ("operation", "tags"): str,
    ("operation", "security"): dict,
    ("document", "security"): dict,
}
_PLACES = ("path", "query", "header", "cookie")
_GROUPS = {kind: group for group, (kind, _) in _CHILDREN["components"].items()}
_REFERRING = _GROUPS.keys()
_TYPES = {
    bool: "true or false",
    str: "a string",
    list: "a list",
    dict: "an object",
    int: "a non-negative integer",
    _NUMBER: "a number",
}


@dataclass(frozen=True)
class Node:
    """A part of a description.

    Attributes:
        kind: What it is: ``schema``, ``parameter``, ``operation`` …
        pointer: Where it is.
        value: Its content.
        owner: The keyword that holds it, such as ``properties`` or ``items``.
        parent: The node that holds it.
    """

    kind: str
    pointer: str
    value: dict[str, Any]
    owner: str = ""
    parent: Node | None = None


def nodes(document: dict[str, Any]) -> Iterator[Node]:
    """Every node, from the top down; what does not have the form of a node is skipped; :func:`misplaced` names it."""
    yield from _nodes(Node("document", "#", document))


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if "$ref" in node.value and node.kind in _REFERRING:
        return
    for key, (kind, shape) in _CHILDREN.get(node.kind, {}).items():
        value = node.value.get(key)
        place = below(node.pointer, key)
        if shape == "one":
            found = [(place, value)]
        elif shape == "list":
            found = [(f"{place}/{i}", each) for i, each in enumerate(_list(value))]
        else:
            found = [(below(place, name), each) for name, each in _map(value).items() if not _is_extra(kind, name)]
        for pointer, each in found:
            if isinstance(each, dict):
                yield from _nodes(Node(kind, pointer, cast("dict[str, Any]", each), key, node))


def misplaced(document: dict[str, Any]) -> Iterator[Problem]:
    """Keywords that the generator does not know, and values of the wrong kind."""
    for node in nodes(document):
        if "$ref" in node.value and node.kind in _REFERRING:
            yield from _beside_reference(node)
            continue
        children, values = _CHILDREN.get(node.kind, {}), _VALUES.get(node.kind, {})
        for key in _NEEDED.get(node.kind, ()):
            if key not in node.value:
                yield Problem(node.pointer, f"`{key}` of {_WORDS[node.kind]} is missing", f"Add `{key}`.")
        for key, value in node.value.items():
            pointer = below(node.pointer, key)
            if key in children:
                yield from _wrong_children(node, pointer, value, *children[key])
            elif key in values:
                if not _fits(value, values[key]):
                    yield _wrong_value(node, key, pointer, value, values[key])
                elif (node.kind, key) == ("parameter", "in") and value not in _PLACES:
                    yield Problem(pointer, f"{value!r} is not a place of a parameter", f"Write {', '.join(_PLACES)}.")
                elif (node.kind, key) in _ITEMS:
                    kind = _ITEMS[node.kind, key]
                    for index, each in enumerate(_list(value)):
                        if not isinstance(each, kind):
                            what = f"This must be {_TYPES[kind]}, not {_shown(each)}"
                            yield Problem(f"{pointer}/{index}", what, "Correct the value.")
            elif key in _UNSUPPORTED.get(node.kind, {}):
                what = f"`{key}` of {_WORDS[node.kind]} is not supported"
                yield Problem(pointer, what, _UNSUPPORTED[node.kind][key])
            elif not key.startswith("x-"):
                yield _unknown(node, key, pointer, [*children, *values])


def _beside_reference(node: Node) -> Iterator[Problem]:
    target, group = node.value["$ref"], _GROUPS[node.kind]
    place = below(node.pointer, "$ref")
    if not isinstance(target, str):
        yield Problem(place, f"`$ref` must be a string, not {_shown(target)}", f"Write '#/components/{group}/…'.")
    elif target.startswith("#/components/") and not target.startswith(f"#/components/{group}/"):
        what = f"The reference {target!r} does not lead to {_WORDS[node.kind]}"
        yield Problem(node.pointer, what, f"Refer to one under components/{group}.")
    for key in node.value:
        if key not in ("$ref", "description", "summary") and not key.startswith("x-"):
            remedy = f"Remove it, or write out {_WORDS[node.kind]} here, without `$ref`."
            if node.kind == "schema":
                remedy = "Put the reference into `allOf: [$ref: …]` and leave this next to it."
            yield Problem(below(node.pointer, key), f"`{key}` next to `$ref` has no effect", remedy)


def _unknown(node: Node, key: str, pointer: str, known: list[str]) -> Problem:
    likely = difflib.get_close_matches(key, known, n=1)
    hint = f"; `{likely[0]}` is" if likely else ""
    remedy = "Correct its spelling, or remove it." if likely else "Remove it, or describe the same with known keywords."
    return Problem(pointer, f"`{key}` is not a supported keyword of {_WORDS[node.kind]}{hint}", remedy)


def _wrong_value(node: Node, key: str, pointer: str, value: object, kind: Any) -> Problem:
    what = f"`{key}` of {_WORDS[node.kind]} must be {_TYPES[kind]}, not {_shown(value)}"
    remedy = "Put it in quotes." if kind is str and isinstance(value, int | float) else "Correct the value."
    if node.kind == "schema" and key == "required":
        remedy = "Name the field in `required` of the object that holds it."
    elif key == "type" and isinstance(value, list):
        remedy = (
            'Write one type; several are a `oneOf`, a null is `nullable: true`, or in OpenAPI 3.1 "null" in quotes.'
        )
    return Problem(pointer, what, remedy)


def _wrong_children(node: Node, pointer: str, value: object, kind: str, shape: str) -> Iterator[Problem]:
    if node.kind == "schema" and pointer.endswith("/additionalProperties") and isinstance(value, bool):
        return
    if not isinstance(value, list if shape == "list" else dict):
        form = {"one": _WORDS[kind], "list": "a list", "map": "an object"}[shape]
        yield Problem(pointer, f"This must be {form}, not {_shown(value)}", "Correct the value.")
        return
    if shape == "one":
        return
    items = enumerate(_list(value)) if shape == "list" else _map(value).items()
    for name, each in items:
        if isinstance(name, str) and _is_extra(kind, name):
            continue
        if not isinstance(each, dict):
            yield Problem(
                below(pointer, name), f"This must be {_WORDS[kind]}, not {_shown(each)}", "Correct the value."
            )
        elif kind == "path" and isinstance(name, str) and not name.startswith("/"):
            yield Problem(below(pointer, name), f"The path {name!r} does not start with /", "Start it with /.")


def _is_extra(kind: str, name: str) -> bool:
    # The name of a field or schema may start with x-; among paths and responses, it marks an extension.
    return kind in ("path", "response") and name.startswith("x-")


def _fits(value: object, kind: Any) -> bool:
    if kind not in (int, _NUMBER):
        return isinstance(value, kind)
    if kind is _NUMBER and isinstance(value, float):
        return math.isfinite(value)
    # What must be whole is always a size.
    return isinstance(value, int) and not isinstance(value, bool) and (value >= 0 or kind is _NUMBER)


def _shown(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    return repr(value)[:60]


def _list(value: object) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []


def _map(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
