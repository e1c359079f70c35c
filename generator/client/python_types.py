"""The Python type of a schema of the API: its annotation, and the code that reads it from JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, cast

from .spec import Problem, Spec, below, pointer_to

_KINDS: dict[type, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}
SIMPLE = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
PLAIN_TEXTS = {"byte": "Base64 text.", "date": "A date, as `YYYY-MM-DD`.", "uuid": "A UUID."}
"""Formats of strings that stay strings, and what docstrings say about them, because the annotation does not."""


class UnsupportedType(Exception):
    """A type that the generator cannot read without loss."""

    def __init__(self, pointer: str, what: str, remedy: str) -> None:
        super().__init__(what)
        self.problem = Problem(pointer, what, remedy)


@dataclass(frozen=True)
class PythonType:
    """A type of the API in Python.

    Attributes:
        annotation: Its annotation, from which the readers of the generated code are made.
        classes: Generated classes that it names.
        json: JSON types of its values; empty if they may be any.
        inner: Type of what a list or a map holds.
        reading: Code of the type from which a reader is made, if the annotation does not say everything.
    """

    annotation: str
    classes: frozenset[str] = frozenset()
    json: frozenset[str] = frozenset()
    inner: PythonType | None = None
    reading: str = ""

    @property
    def exact(self) -> str:
        """Code of the type with all that a reader must know."""
        return self.reading or self.annotation

    @property
    def optional(self) -> PythonType:
        """The same type, or None."""
        if {"Any", "None"} & set(members_of(self.annotation)):
            return self
        reading = self.reading and re.sub(r"^(Annotated\[.*?)(?=, Variant\()", r"\1 | None", self.reading)
        if reading == self.reading and reading:
            reading = f"{reading} | None"
        return replace(self, annotation=f"{self.annotation} | None", reading=reading)

    @property
    def is_datetime(self) -> bool:
        """Whether it is a timestamp."""
        return self.annotation == "datetime"

    @property
    def is_model(self) -> bool:
        """Whether it is one generated class of objects."""
        return self.json == {"object"} and self.classes == {self.annotation}


ANY = PythonType("Any")
TEXT = PythonType("str", json=frozenset({"string"}))


def members_of(annotation: str) -> list[str]:
    """The members of a union; the contents of brackets are not split."""
    members, depth = [""], 0
    for part in annotation.split(" | "):
        members[-1] += part
        depth += part.count("[") - part.count("]")
        if depth:
            members[-1] += " | "
        else:
            members.append("")
    return members[:-1]


def is_class(schema: dict[str, Any]) -> bool:
    """Whether a named schema becomes a class of its own: an object with fields."""
    return bool(schema.get("properties")) and not holds_bytes(schema)


def holds_bytes(schema: dict[str, Any]) -> bool:
    """Whether a schema has a field of bytes, so that it can only be a multipart body."""
    return any(is_bytes(each) or is_bytes(each.get("items", {})) for each in schema.get("properties", {}).values())


def is_bytes(schema: dict[str, Any]) -> bool:
    """Whether a schema describes bytes."""
    return schema.get("type") == "string" and schema.get("format") == "binary"


def is_enum(schema: dict[str, Any]) -> bool:
    """Whether a named schema becomes a class of its own: a choice of values."""
    return bool(schema.get("enum"))


class Types:
    """Reads schemas of one description."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec

    def of(self, schema: Any, pointer: str, _inside: tuple[str, ...] = ()) -> PythonType:
        """The type of a schema.

        Raises:
            UnsupportedType: Every possible type would lose something.
        """
        schema = cast("dict[str, Any]", schema)
        if "$ref" in schema:
            return self._named(schema["$ref"], pointer, _inside)
        if schema.get("allOf"):
            return self._all_of(schema, pointer, _inside)
        if schema.get("oneOf") or schema.get("anyOf"):
            return self._choice(schema, pointer, _inside)
        if is_enum(schema):
            return self._inline_enum(schema, pointer)
        kind = schema.get("type") or ("object" if "properties" in schema else "array" if "items" in schema else None)
        if kind is None:
            return ANY
        if kind == "string":
            return self._text(schema, pointer)
        if kind in SIMPLE:
            return PythonType(SIMPLE[kind], json=frozenset({kind}))
        if kind == "array":
            if "items" not in schema:
                raise UnsupportedType(pointer, "An array does not say what it holds", "Describe its `items`.")
            inner = self.of(schema["items"], below(pointer, "items"), _inside)
            return _container(self._inside(schema["items"], inner), "list[{}]", "array")
        if kind == "object":
            return self._object(schema, pointer, _inside)
        what = (
            f"{kind!r} is not a type of OpenAPI" if kind != "null" else "A value that is always null is not supported"
        )
        raise UnsupportedType(below(pointer, "type"), what, "Write string, integer, number, boolean, array or object.")

    def is_nullable(self, schema: Any) -> bool:
        """Whether null is a value of a schema."""
        schema = self.spec.resolve(schema)
        if schema.get("nullable"):
            return True
        parts, members = schema.get("allOf") or [], [*(schema.get("oneOf") or []), *(schema.get("anyOf") or [])]
        return any(map(self.is_nullable, parts if len(parts) == 1 else members))

    def _inside(self, schema: Any, kind: PythonType) -> PythonType:
        """The type of what a container holds."""
        # Only a field has a place for a text that is not a timestamp; anywhere else, timestamps stay strings.
        kind = _without_timestamp(kind)
        return kind.optional if self.is_nullable(schema) else kind

    def _named(self, reference: str, pointer: str, inside: tuple[str, ...]) -> PythonType:
        name = reference.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        if not reference.startswith("#/components/schemas/") or reference.count("/") != 3:
            raise UnsupportedType(
                pointer, f"{reference!r} is not a named schema", "Move the schema to components/schemas and name it."
            )
        if name in inside:
            raise UnsupportedType(
                pointer, f"{name} consists of itself", "Put an object in between: its class can refer to itself."
            )
        schema = self.spec.schemas[name]
        if is_class(schema):
            return PythonType(name, frozenset({name}), frozenset({"object"}))
        if is_enum(schema):
            texts = all(isinstance(value, str | None) for value in schema["enum"])
            plain, kind = ("str", "string") if texts else ("int", "integer")
            return PythonType(f"{name} | {plain}", frozenset({name}), frozenset({kind}))
        return self.of(schema, pointer_to("components", "schemas", name), (*inside, name))

    def _all_of(self, schema: dict[str, Any], pointer: str, inside: tuple[str, ...]) -> PythonType:
        # Composed objects were written out before; what is left is a reference with its own description.
        if len(schema["allOf"]) > 1 or "properties" in schema:
            if pointer.count("/") == 3:
                raise UnsupportedType(
                    pointer, "allOf of something that is not an object with fields", "Write out one schema."
                )
            raise UnsupportedType(
                pointer,
                "allOf of several schemas is written inline, so that its class would have no good name",
                "Move it to components/schemas and refer to it.",
            )
        return self.of(schema["allOf"][0], f"{below(pointer, 'allOf')}/0", inside)

    def _inline_enum(self, schema: dict[str, Any], pointer: str) -> PythonType:
        values = [value for value in schema["enum"] if value is not None]
        if len(values) > 1 and any(isinstance(value, float) for value in values):
            remedy = "Remove `enum`, and name the values in the description."
            raise UnsupportedType(below(pointer, "enum"), "A choice of fractions cannot be a class", remedy)
        if len(values) > 1 and not all(isinstance(value, bool) for value in values):
            raise UnsupportedType(
                pointer,
                "A choice of values is written inline, so that its class would have no good name",
                "Move it to components/schemas and refer to it.",
            )
        if any(isinstance(value, list | dict) for value in values):
            remedy = "Remove it, and describe the `type`."
            raise UnsupportedType(below(pointer, "enum"), "An object or a list cannot be a constant", remedy)
        # A constant needs no class: its value is in the docstring of the field.
        plain = {key: value for key, value in schema.items() if key != "enum"}
        kinds = [_KINDS[type(value)] for value in values]
        return self.of({**plain, **({"type": kinds[0]} if kinds and "type" not in schema else {})}, pointer)

    @staticmethod
    def _text(schema: dict[str, Any], pointer: str) -> PythonType:
        kind = schema.get("format")
        if kind == "date-time":
            return PythonType("datetime", json=frozenset({"string"}))
        if kind == "binary":
            raise UnsupportedType(
                below(pointer, "format"), "JSON cannot hold bytes (format: binary)", "Use `format: byte` for Base64."
            )
        return TEXT

    def _object(self, schema: dict[str, Any], pointer: str, inside: tuple[str, ...]) -> PythonType:
        for wire, field in schema.get("properties", {}).items() if holds_bytes(schema) else ():
            if is_bytes(field) or is_bytes(field.get("items", {})):
                raise UnsupportedType(
                    below(pointer, "properties", wire),
                    "JSON cannot hold bytes (format: binary)",
                    "Use the object as a multipart/form-data body only.",
                )
        if schema.get("properties"):
            raise UnsupportedType(
                pointer,
                "An object with fields is written inline, so that its class would have no good name",
                "Move it to components/schemas and refer to it.",
            )
        values = schema.get("additionalProperties")
        values = values if isinstance(values, dict) else {}
        inner = self.of(values, below(pointer, "additionalProperties"), inside)
        return _container(self._inside(values, inner), "dict[str, {}]", "object")

    def _choice(self, schema: dict[str, Any], pointer: str, inside: tuple[str, ...]) -> PythonType:
        members: list[tuple[PythonType, str]] = []
        for key in ("oneOf", "anyOf"):
            for index, member in enumerate(schema.get(key, [])):
                place = f"{below(pointer, key)}/{index}"
                members.append((self.of(member, place, inside), place))
        models = list(dict.fromkeys(kind.annotation for kind, _ in members if kind.is_model))
        if len(models) > 1:
            variant = self._variant(schema.get("discriminator"), models, pointer)
            kind = _union([kind for kind, _ in members])
            return replace(kind, reading=f"Annotated[{kind.exact}, {variant}]")
        for name in ("object", "array"):
            alike = [each for each in members if name in each[0].json and (each[0].classes or name == "array")]
            if len(alike) > 1 and len({kind.annotation for kind, _ in alike}) > 1:
                nested = any("Variant(" in kind.reading for kind, _ in alike) and name == "object"
                raise UnsupportedType(
                    alike[1][1],
                    f"Nothing distinguishes this {name} from another one of the choice",
                    "Name all objects of the inner choice here, with one `discriminator`."
                    if nested
                    else "Name one type, or objects with a `discriminator`.",
                )
        return _union([kind for kind, _ in members])

    def _variant(self, discriminator: Any, models: list[str], pointer: str) -> str:
        if not isinstance(discriminator, dict) or not isinstance(
            cast("dict[str, Any]", discriminator).get("propertyName"), str
        ):
            raise UnsupportedType(
                pointer,
                f"Nothing distinguishes {' from '.join(models)}",
                "Add a `discriminator` with the `propertyName` of a field that names the kind.",
            )
        discriminator = cast("dict[str, Any]", discriminator)
        wire: str = discriminator["propertyName"]
        mapping = {name: name for name in models}
        place = below(pointer, "discriminator", "mapping")
        for value, target in cast("dict[str, Any]", discriminator.get("mapping") or {}).items():
            name = str(target).rpartition("/")[2]
            if name not in models:
                raise UnsupportedType(
                    below(place, value), f"{target!r} is not part of the choice", "Name a member of the choice."
                )
            mapping[value] = name
        for name in models:
            if wire not in self.spec.schemas[name]["properties"]:
                raise UnsupportedType(
                    below(pointer, "discriminator", "propertyName"), f"{name} has no field {wire!r}", "Add the field."
                )
        kinds = ", ".join(f"({value!r}, {name!r})" for value, name in mapping.items())
        return f"Variant({wire!r}, ({kinds},))"


def _container(inner: PythonType, annotation: str, kind: str) -> PythonType:
    reading = annotation.format(inner.reading) if inner.reading else ""
    return PythonType(annotation.format(inner.annotation), inner.classes, frozenset({kind}), inner, reading)


def _union(types: Iterable[PythonType]) -> PythonType:
    types = list(types)
    if len(types) == 1:
        return types[0]
    if any(kind.annotation == "Any" for kind in types):
        return ANY
    if not all(kind.is_datetime for kind in types):
        types = [_without_timestamp(kind) for kind in types]
    annotations = dict.fromkeys(part for kind in types for part in members_of(kind.annotation))
    readings = dict.fromkeys(part for kind in types for part in members_of(kind.exact))
    return PythonType(
        " | ".join(annotations),
        frozenset[str]().union(*(kind.classes for kind in types)),
        frozenset[str]().union(*(kind.json for kind in types)),
        reading=" | ".join(readings) if any(kind.reading for kind in types) else "",
    )


def _without_timestamp(kind: PythonType) -> PythonType:
    return TEXT if kind.is_datetime else kind
