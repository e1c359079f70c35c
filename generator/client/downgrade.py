"""Rewrites OpenAPI 3.1 as 3.0, so that everything after it, including the local server, handles one form only.

Only what both can express is rewritten. A keyword that 3.0 does not have stays, and the rules refuse it by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

Node = dict[str, Any]

DATA = frozenset({"example", "examples", "default", "enum", "const"})
"""Keywords that hold data of the service instead of a part of the description."""
NAMES = frozenset({"properties", "schemas", "responses", "parameters", "headers", "requestBodies", "securitySchemes"})
"""Keywords whose keys are names, so that they may well be called like a keyword."""
_DIALECT = "https://spec.openapis.org/oas/3.1/dialect/base"
_FORM = "multipart/form-data"
_LIMITS = (("exclusiveMinimum", "minimum", max), ("exclusiveMaximum", "maximum", min))
_OWN = {"array": ("items",), "object": ("properties", "required", "additionalProperties"), "string": ("format",)}


def downgrade(document: Node) -> Node:
    """The same description in OpenAPI 3.0; one that is 3.0 already is returned unchanged."""
    if not _is_3_1(document):
        return document
    changed = cast(Node, _Rewriter(document).part(document))
    changed["openapi"] = "3.0.3"
    if changed.get("jsonSchemaDialect") == _DIALECT:
        changed.pop("jsonSchemaDialect")
    info = changed.get("info")
    if isinstance(info, dict):
        cast(Node, info).pop("summary", None)
        licence = cast(Node, info).get("license")
        if isinstance(licence, dict):
            cast(Node, licence).pop("identifier", None)
    if changed.get("webhooks") == {}:
        changed.pop("webhooks")
    return changed


def original(document: Node, tokens: Sequence[str]) -> list[str]:
    """The place in a description to which a place in its rewritten form leads back."""
    found: list[str] = []
    if not _is_3_1(document):
        return list(tokens)
    rest, node = list(tokens), cast(Any, document)
    while rest:
        token = rest.pop(0)
        if isinstance(node, dict) and token not in node:
            node = cast(Node, node)
            key = next((each for each in ("oneOf", "anyOf") if any(map(_is_null, _members(node, each)))), None)
            if (token == "oneOf" and isinstance(node.get("type"), list)) or (token == "allOf" and "$ref" in node):
                rest = rest[1:]
                continue
            if token == "allOf" and key:
                token = key
            else:
                written = {
                    "enum": ("const", "oneOf", "anyOf"),
                    "example": ("examples",),
                    "format": ("contentMediaType", "contentEncoding"),
                    "minimum": ("exclusiveMinimum",),
                    "maximum": ("exclusiveMaximum",),
                }.get(token, ())
                known = next((each for each in written if each in node), None)
                return [*found, known] if known else [*found, token, *rest]
        found.append(token)
        if token in ("oneOf", "anyOf") and rest and isinstance(node, dict) and rest[0].isdecimal():
            kept = [i for i, each in enumerate(_members(cast(Node, node), token)) if not _is_null(each)]
            if int(rest[0]) < len(kept):
                rest[0] = str(kept[int(rest[0])])
        try:
            node = node[int(token)] if isinstance(node, list) else node[token]
        except (KeyError, IndexError, ValueError, TypeError):
            return [*found, *rest]
    return found


class _Rewriter:
    def __init__(self, document: Node) -> None:
        self._document = document
        # Named schemas of forms: only there a media type without an encoding means bytes.
        self._forms = {str(each.get("$ref")).rpartition("/")[2] for each in _forms(document)}

    def part(self, node: Any, names: str = "") -> Any:
        """A part of a description that is not a schema; ``names`` is the keyword that gives names to parts."""
        if isinstance(node, list):
            return [self.part(each) for each in cast("list[Any]", node)]
        if not isinstance(node, dict):
            return node
        node = cast(Node, node)
        if names in ("properties", "schemas"):
            return {
                name: self.schema(each, form=names == "schemas" and name in self._forms) for name, each in node.items()
            }
        if names:
            return {name: self.part(each) for name, each in node.items()}
        node = self._described(node)
        result: Node = {}
        for key, value in node.items():
            if key in DATA:
                result[key] = value
            elif key in ("schema", "items", "not") or (key == "additionalProperties" and value is not True):
                result[key] = self.schema(value)
            elif key in ("allOf", "oneOf", "anyOf") and isinstance(value, list):
                result[key] = [self.schema(each) for each in cast("list[Any]", value)]
            elif key == "content" and isinstance(value, dict):
                result[key] = {media: self._media(media, each) for media, each in cast(Node, value).items()}
            else:
                result[key] = self.part(value, key if key in NAMES else "")
        return result

    def _media(self, media: str, node: Any) -> Any:
        changed = self.part(node)
        if isinstance(node, dict) and "schema" in node:
            form, is_bytes = media == _FORM, "json" not in media
            changed["schema"] = self.schema(cast(Node, node)["schema"], body=is_bytes, form=form)
        return changed

    def schema(self, node: Any, *, body: bool = False, form: bool = False) -> Any:
        """A schema, of a whole body, of a form, or of JSON."""
        if node is True:
            return {}
        if not isinstance(node, dict):
            return node
        schema = cast(Node, self.part(node))
        if form and isinstance(schema.get("properties"), dict):
            raw = cast("dict[str, Any]", node["properties"])
            schema["properties"] = {wire: self._form_field(each) for wire, each in raw.items()}
        if "$ref" in schema and len(schema) > 1:
            # 3.0 ignores what is next to a reference.
            schema = {"allOf": [{"$ref": schema.pop("$ref")}], **schema}
        _values(schema)
        _type(schema)
        if isinstance(schema.get("examples"), list):
            examples = cast("list[Any]", schema.pop("examples"))
            if examples:
                schema.setdefault("example", examples[0])
        if schema.get("required") == []:
            schema.pop("required")
        _limits(schema)
        _content(schema, is_bytes=body)
        schema.pop("$comment", None)
        return schema

    def _form_field(self, node: Any) -> Any:
        field = self.schema(node, body=True)
        if isinstance(field, dict) and isinstance(node, dict):
            field = cast(Node, field)
            if "items" in field and "items" in node:
                field["items"] = self._form_field(node["items"])
            elif not {"type", "allOf", "oneOf", "anyOf", "enum", "properties"} & field.keys():
                field.update(type="string", format="binary")
        return field

    def _described(self, node: Node) -> Node:
        """A node; if it is a reference that has its own words, what it refers to with these words."""
        reference = str(node.get("$ref", ""))
        group, _, name = reference.removeprefix("#/components/").partition("/")
        if not ({"$ref", "description"} <= node.keys() <= {"$ref", "description", "summary"}) or group == "schemas":
            return node
        target = cast(Any, self._document.get("components") or {})
        for key in (group, name):
            target = cast(Node, target).get(key) if isinstance(target, dict) else None
        return {**cast(Node, target), "description": node["description"]} if isinstance(target, dict) else node


def _is_3_1(document: Node) -> bool:
    return str(document.get("openapi")).startswith("3.1")


def _forms(node: Any) -> Iterator[Node]:
    """The schemas of all forms."""
    for key, value in cast(Node, node).items() if isinstance(node, dict) else enumerate(cast("list[Any]", node)):
        if key == _FORM and isinstance(value, dict) and isinstance(cast(Node, value).get("schema"), dict):
            yield cast(Node, value)["schema"]
        elif isinstance(value, dict | list):
            yield from _forms(value)


def _members(schema: Node, key: str) -> list[Any]:
    members = schema.get(key)
    return cast("list[Any]", members) if isinstance(members, list) else []


def _is_null(schema: Any) -> bool:
    if not isinstance(schema, dict):
        return False
    schema = cast(Node, schema)
    return schema.get("type") in ("null", ["null"]) or schema.get("enum") == [None] or schema.get("const", 0) is None


def _values(schema: Node) -> None:
    """`const`, and a choice of constants, as `enum`."""
    for key in ("oneOf", "anyOf"):
        members = _members(schema, key)
        # Here a member is rewritten already: a constant is a choice of one value.
        if members and all(isinstance(each, dict) and _is_constant(cast(Node, each)) for each in members):
            values = [each["enum"][0] for each in members]
            if "enum" not in schema and any(value is not None for value in values):
                schema["enum"] = values
                del schema[key]
    if "const" in schema and "enum" not in schema:
        schema["enum"] = [schema.pop("const")]
    values = schema.get("enum")
    if isinstance(values, list):
        if isinstance(schema.get("type"), list) and len(set(map(str, schema["type"])) - {"null"}) > 1:
            del schema["type"]  # the values say it
        if None in values and "type" not in schema:
            schema["nullable"] = True


def _is_constant(schema: Node) -> bool:
    values = schema.get("enum")
    words = {"enum", "type", "title", "description", "nullable"}
    return isinstance(values, list) and len(cast("list[Any]", values)) == 1 and schema.keys() <= words


def _type(schema: Node) -> None:
    kinds = schema.get("type")
    if isinstance(kinds, list):
        kinds = list(dict.fromkeys(kinds)) if all(isinstance(kind, str) for kind in kinds) else kinds
        rest = [kind for kind in cast("list[Any]", kinds) if kind != "null"]
        if rest and len(rest) < len(kinds):
            schema["nullable"] = True
        if len(rest) == 1 or kinds == ["null"]:
            schema["type"] = (rest or kinds)[0]
        elif rest and all(isinstance(kind, str) for kind in rest) and "oneOf" not in schema and "anyOf" not in schema:
            del schema["type"]
            schema["oneOf"] = [_of_kind(kind, schema) for kind in rest]
            for key in ("items", "properties", "required", "format"):
                schema.pop(key, None)
    for key in ("oneOf", "anyOf"):
        members = _members(schema, key)
        rest = [member for member in members if not _is_null(member)]
        if rest and len(rest) < len(members):
            schema["nullable"] = True
            if len(rest) == 1 and "allOf" not in schema:
                del schema[key]
                schema["allOf"] = rest
            else:
                schema[key] = rest


def _of_kind(kind: str, schema: Node) -> Node:
    return {"type": kind, **{key: schema[key] for key in _OWN.get(kind, ()) if key in schema}}


def _limits(schema: Node) -> None:
    for exclusive, inclusive, narrower in _LIMITS:
        value, other = schema.get(exclusive), schema.get(inclusive)
        if not _is_number(value):
            continue
        if _is_number(other) and (other == narrower(other, value) and other != value):
            del schema[exclusive]
        else:
            schema[inclusive], schema[exclusive] = value, True


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _content(schema: Node, *, is_bytes: bool) -> None:
    if schema.get("contentEncoding") == "base64" and "format" not in schema:
        schema["format"] = "byte"
        schema.pop("contentEncoding")
    if "contentMediaType" in schema and "contentEncoding" not in schema and schema.get("type", "string") == "string":
        media = schema.pop("contentMediaType")
        schema["type"] = "string"
        schema.setdefault("format", "binary" if is_bytes else media)
