"""Rewrites OpenAPI 3.1 as 3.0, so that everything after it, including the local server, handles one form only.

Only what both can express is rewritten. A keyword that 3.0 does not have stays, and the rules refuse it by name.
"""

from __future__ import annotations

from typing import Any, cast

_DIALECT = "https://spec.openapis.org/oas/3.1/dialect/base"


def downgrade(document: dict[str, Any]) -> dict[str, Any]:
    """The same description in OpenAPI 3.0; one that is 3.0 already is returned unchanged."""
    if not str(document.get("openapi")).startswith("3.1"):
        return document
    changed = _rewritten(document)
    changed["openapi"] = "3.0.3"
    if changed.get("jsonSchemaDialect") == _DIALECT:
        changed.pop("jsonSchemaDialect")
    info = changed.get("info")
    if isinstance(info, dict):
        cast("dict[str, Any]", info).pop("summary", None)
        licence = cast("dict[str, Any]", info).get("license")
        if isinstance(licence, dict):
            cast("dict[str, Any]", licence).pop("identifier", None)
    if changed.get("webhooks") == {}:
        changed.pop("webhooks")
    return changed


def _rewritten(node: Any, *, names: bool = False) -> Any:
    if isinstance(node, list):
        return [_rewritten(each) for each in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    node = cast("dict[str, Any]", node)
    if names:
        return {key: _schema(value) for key, value in node.items()}
    result: dict[str, Any] = {}
    for key, value in node.items():
        if key in ("schema", "items", "additionalProperties", "not"):
            result[key] = _schema(value)
        elif key in ("allOf", "oneOf", "anyOf") and isinstance(value, list):
            result[key] = [_schema(each) for each in cast("list[Any]", value)]
        elif key in ("example", "examples", "default", "enum", "const"):
            result[key] = value
        else:
            result[key] = _rewritten(value, names=key in ("properties", "schemas"))
    return result


def _schema(node: Any) -> Any:
    if node is True:
        return {}
    if not isinstance(node, dict):
        return node
    schema = cast("dict[str, Any]", _rewritten(node))
    if "$ref" in schema and len(schema) > 1:
        # 3.0 ignores what is next to a reference.
        schema = {"allOf": [{"$ref": schema.pop("$ref")}], **schema}
    _type(schema)
    if isinstance(schema.get("examples"), list):
        examples = cast("list[Any]", schema.pop("examples"))
        if examples:
            schema.setdefault("example", examples[0])
    if "const" in schema and "enum" not in schema:
        schema["enum"] = [schema.pop("const")]
    for limit, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        value = schema.get(limit)
        if isinstance(value, int | float) and not isinstance(value, bool) and bound not in schema:
            schema[bound], schema[limit] = value, True
    if schema.get("contentEncoding") == "base64" and "format" not in schema:
        schema["format"] = "byte"
        schema.pop("contentEncoding")
    if "contentMediaType" in schema and "contentEncoding" not in schema and schema.get("type", "string") == "string":
        if schema.get("format") != "byte":
            schema["type"], schema["format"] = "string", "binary"
        schema.pop("contentMediaType")
    schema.pop("$comment", None)
    return schema


def _type(schema: dict[str, Any]) -> None:
    kinds = schema.get("type")
    if isinstance(kinds, list):
        kinds = cast("list[Any]", kinds)
        rest = [kind for kind in kinds if kind != "null"]
        if len(rest) < len(kinds):
            schema["nullable"] = True
        if len(rest) == 1:
            schema["type"] = rest[0]
        elif rest and all(isinstance(kind, str) for kind in rest) and "oneOf" not in schema and "anyOf" not in schema:
            del schema["type"]
            schema["oneOf"] = [_of_kind(kind, schema) for kind in rest]
            for key in ("items", "properties", "required", "format"):
                schema.pop(key, None)
    for key in ("oneOf", "anyOf"):
        members = schema.get(key)
        if isinstance(members, list) and {"type": "null"} in members:
            rest = [member for member in cast("list[Any]", members) if member != {"type": "null"}]
            schema["nullable"] = True
            if len(rest) == 1:
                del schema[key]
                schema["allOf"] = rest
            else:
                schema[key] = rest


def _of_kind(kind: str, schema: dict[str, Any]) -> dict[str, Any]:
    own = {"array": ("items",), "object": ("properties", "required", "additionalProperties"), "string": ("format",)}
    return {"type": kind, **{key: schema[key] for key in own.get(kind, ()) if key in schema}}
