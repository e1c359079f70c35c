"""How a parameter is written into the path, query or headers: the styles of the standard."""

from __future__ import annotations

from typing import Any

from .python_types import PythonType, Types, UnsupportedType
from .spec import below

_DEFAULTS = {"path": "simple", "query": "form", "header": "simple"}
_DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}
PLAIN, REPEATED, DEEP, SPREAD = "plain", "repeated", "deep", "spread"


class UnsupportedParameter(UnsupportedType):
    """A parameter that cannot be sent as described."""


def style_of(node: dict[str, Any], kind: PythonType, pointer: str, types: Types) -> str:
    """How the value is written: one of the constants above, or a delimiter.

    Raises:
        UnsupportedParameter: The generated code cannot write it in this way.
    """
    where = node["in"]
    if where == "cookie":
        raise UnsupportedParameter(pointer, "Cookie parameters are not supported", "Remove the parameter.")
    style = node.get("style", _DEFAULTS[where])
    explode = node.get("explode", style == "form")
    json = kind.json or {"any"}
    if json & {"object", "array"} and len(json) > 1:
        what = f"A {where} parameter cannot be a choice between a string and an {sorted(json & {'object', 'array'})[0]}"
        raise UnsupportedParameter(pointer, what, "Describe it as one of them.")
    if "array" in json:
        return _of_array(node, kind, style, explode, pointer)
    if "object" in json:
        return _of_object(node, kind, style, explode, pointer, types)
    if style not in (_DEFAULTS[where], "deepObject" if where == "query" else _DEFAULTS[where]):
        what = f"The style {style!r} of a {where} parameter is not supported"
        raise UnsupportedParameter(below(pointer, "style"), what, f"Write `style: {_DEFAULTS[where]}`.")
    if style == "deepObject":
        raise UnsupportedParameter(below(pointer, "style"), "`deepObject` needs an object", "Write `style: form`.")
    return PLAIN


def _of_array(node: dict[str, Any], kind: PythonType, style: str, explode: bool, pointer: str) -> str:
    where = node["in"]
    if where == "path":
        raise UnsupportedParameter(pointer, "A path parameter cannot be an array", "Describe it as a string.")
    if not _is_simple(kind.inner):
        raise UnsupportedParameter(pointer, "An array of arrays or objects cannot be sent here", "Describe strings.")
    if where == "header" and style == "simple":
        return ","
    if where == "query" and style in _DELIMITERS:
        return REPEATED if explode else _DELIMITERS[style]
    what = f"The style {style!r} of an array in the {where} is not supported"
    raise UnsupportedParameter(below(pointer, "style"), what, "Write `style: form`.")


def _of_object(node: dict[str, Any], kind: PythonType, style: str, explode: bool, pointer: str, types: Types) -> str:
    if node["in"] != "query":
        raise UnsupportedParameter(pointer, f"A {node['in']} parameter cannot be an object", "Describe it as a string.")
    if len(kind.classes) > 1:
        raise UnsupportedParameter(pointer, "A choice of objects cannot be sent in the query", "Describe one of them.")
    fields = [kind.inner] if kind.inner else []
    if kind.is_model:
        described = types.spec.schemas[kind.annotation]["properties"]
        fields = [types.of(field, below(pointer, "schema")) for field in described.values()]
    if not all(_is_simple(field) for field in fields):
        what = "The fields of an object in the query cannot be objects or arrays"
        raise UnsupportedParameter(pointer, what, "Describe them as strings.")
    if style == "deepObject":
        return DEEP
    if style == "form":
        return SPREAD if explode else ","
    what = f"The style {style!r} of an object in the query is not supported"
    raise UnsupportedParameter(below(pointer, "style"), what, "Write `style: deepObject`.")


def _is_simple(kind: PythonType | None) -> bool:
    return kind is not None and not kind.json & {"object", "array"}
