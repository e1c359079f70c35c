"""What schemas need: names that can be classes, types that lose nothing, fields with a description."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator
from typing import Any, cast

from openapi_schema_validator import oas30_format_checker

from . import naming
from .compose import contradictions
from .grammar import Node, nodes
from .python_types import Types, UnsupportedType, holds_bytes, is_class, is_enum
from .spec import Problem, Spec, below, pointer_to

_CLASS_NAME = re.compile(r"[A-Z][A-Za-z0-9]*").fullmatch
_FITTING = {"string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,)}
# What a schema can be: with keywords of two of these, one of them would be lost.
_FORMS = (("properties",), ("oneOf",), ("anyOf",), ("enum",), ("items",))


def class_problems(spec: Spec) -> Iterator[Problem]:
    modules: dict[str, str] = {}
    for name, schema in spec.schemas.items():
        if not (is_class(schema) or is_enum(schema)):
            continue
        pointer = pointer_to("components", "schemas", name)
        if not _CLASS_NAME(name) or naming.class_name(name) != name:
            likely = naming.class_name(name)
            remedy = f"Rename it, in PascalCase: {likely}." if _CLASS_NAME(likely) else "Rename it, in PascalCase."
            if hasattr(builtins, name) or name in ("None", "True", "False"):
                yield Problem(
                    pointer, f"{name!r} is a name of Python itself, so it cannot name a class", f"Call it Htc{name}."
                )
            else:
                yield Problem(pointer, f"{name!r} cannot name a class", remedy)
        elif {
            name,
            f"read_{naming.module_name(name)}",
            f"{naming.module_name(name)}_members",
        } & naming.RESERVED_CLASSES:
            what = f"{name!r} cannot name a class: the generated code needs it itself"
            yield Problem(pointer, what, f"Rename it, for example Htc{name}.")
        module = naming.module_name(name)
        if len(module) > naming.LONGEST_NAME:
            yield Problem(pointer, f"{name[:40]}… is too long for the name of a file", "Find a shorter name.")
        if module in modules:
            yield Problem(pointer, f"{name!r} and {modules[module]!r} both become the module {module}", "Rename one.")
        modules.setdefault(module, name)


def enum_problems(spec: Spec) -> Iterator[Problem]:
    for node in nodes(spec.document):
        values = node.value.get("enum")
        if node.kind != "schema" or not isinstance(values, list):
            continue
        named = node.parent is not None and node.parent.kind == "components"
        pointer = below(node.pointer, "enum")
        if not values or values == [None]:
            yield Problem(pointer, "The choice holds no value", "Add values, or remove `enum`.")
        yield from _type_problems(node.value, pointer)
        yield from _member_problems(cast("list[Any]", values), pointer, named)
        if None in values and not node.value.get("nullable"):
            remedy = 'Add `nullable: true` next to them, or in OpenAPI 3.1 "null" to the `type`.'
            yield Problem(pointer, "The values hold a null that the type does not allow", remedy)


def _type_problems(schema: dict[str, Any], pointer: str) -> Iterator[Problem]:
    kind = schema.get("type")
    fitting = _FITTING.get(kind, (object,)) if isinstance(kind, str) else (object,)
    for index, value in enumerate(cast("list[Any]", schema["enum"])):
        if value is not None and type(value) not in fitting and object not in fitting:
            quoted = "Put it in quotes, or correct" if kind == "string" else "Correct"
            yield Problem(f"{pointer}/{index}", f"{value!r} does not fit `type: {kind}`", f"{quoted} the `type`.")


def _member_problems(values: list[Any], pointer: str, named: bool) -> Iterator[Problem]:
    members: dict[str, Any] = {}
    kinds: set[type] = set()
    for index, value in enumerate(values):
        place = f"{pointer}/{index}"
        if value is None:
            continue
        if any(value == other and type(value) is type(other) for other in values[:index]):
            yield Problem(place, f"The value {value!r} is named twice", "Remove one of them.")
            continue
        if not named:
            continue
        if type(value) not in (str, int):
            remedy = "Remove `enum`, or use strings or integers; quote it to make it a string."
            yield Problem(place, f"{value!r} cannot be a member", remedy)
            continue
        if isinstance(value, int) and abs(value) >= 2**63:
            yield Problem(place, f"{value} does not fit into 64 bits", "Describe it as a string.")
            continue
        kinds.add(type(value))
        if len(kinds) > 1:
            yield Problem(place, "The values are both strings and numbers", "Make all of them strings, or all numbers.")
            return
        member = naming.member_name(value)
        if member in members:
            yield Problem(
                place,
                f"{value!r} and {members[member]!r} both become the member {member}",
                "Describe the schema as a plain string and list its values in the description.",
            )
        members.setdefault(member, value)


def schema_problems(spec: Spec) -> Iterator[Problem]:
    """Keywords that exclude each other, and names without a target."""
    for node in nodes(spec.document):
        if node.kind != "schema" or "$ref" in node.value:
            continue
        forms = [keys[0] for keys in _FORMS if any(node.value.get(key) for key in keys)]
        if node.value.get("allOf") and set(forms) - {"properties"}:
            forms.append("allOf")
        if len(forms) > 1:
            what = f"`{forms[0]}` and `{forms[1]}` of one schema: it can be only one of them"
            yield Problem(node.pointer, what, "Give each of them a schema of its own.")
        yield from _kind_problems(node, forms)
        pattern = node.value.get("pattern")
        if isinstance(pattern, str) and not oas30_format_checker.conforms(pattern, "regex"):
            yield Problem(below(node.pointer, "pattern"), f"{pattern!r} is not a regular expression", "Correct it.")
        yield from _required_problems(node)
    for name, schema in spec.document.get("components", {}).get("schemas", {}).items():
        whole = spec.schemas[name]
        for wire in whole.get("required", []) if "properties" in whole and "allOf" in schema else ():
            if wire not in whole["properties"]:
                place = pointer_to("components", "schemas", name, "allOf")
                yield Problem(place, f"The required field {wire!r} is not described", "Describe it in a part.")
    for name, place, what in contradictions(spec.document.get("components", {}).get("schemas", {})):
        remedy = "Write out the fields of the object, without allOf."
        yield Problem(f"{pointer_to('components', 'schemas', name)}/{place}", what, remedy)


def _kind_problems(node: Node, forms: list[str]) -> Iterator[Problem]:
    kind = node.value.get("type")
    fitting = {"properties": ("object",), "items": ("array",), "enum": ("string", "integer", "number", "boolean")}
    for form in forms:
        if kind is not None and form in fitting and kind not in fitting[form]:
            remedy = f"Write `type: {fitting[form][0]}`, or remove `{form}`."
            yield Problem(below(node.pointer, form), f"`{form}` does not fit `type: {kind}`", remedy)
    if "discriminator" in node.value and not {"oneOf", "anyOf", "properties", "allOf"} & node.value.keys():
        yield Problem(below(node.pointer, "discriminator"), "There is no choice to discriminate", "Add `oneOf`.")


def _required_problems(node: Node) -> Iterator[Problem]:
    required = node.value.get("required")
    if not isinstance(required, list) or node.value.get("allOf") or (node.parent and node.owner == "allOf"):
        return
    for index, wire in enumerate(cast("list[Any]", required)):
        if wire not in node.value.get("properties", {}):
            place = f"{below(node.pointer, 'required')}/{index}"
            yield Problem(place, f"The required field {wire!r} is not described", "Describe it under `properties`.")


def type_problems(spec: Spec) -> Iterator[Problem]:
    """Types that are not supported, each at its field."""
    types = Types(spec)
    for name, schema in spec.schemas.items():
        pointer = pointer_to("components", "schemas", name)
        if holds_bytes(schema) or is_enum(schema):
            continue
        fields = schema.get("properties") or {}
        places = [(below(pointer, "properties", wire), field) for wire, field in fields.items()] or [(pointer, schema)]
        for place, each in places:
            try:
                types.of(each, place)
            except UnsupportedType as error:
                yield error.problem


def field_problems(spec: Spec) -> Iterator[Problem]:
    """Attributes that clash, and fields without a description."""
    for name, schema in spec.schemas.items():
        if not is_class(schema):
            continue
        taken: dict[str, str] = {}
        for wire, field in schema["properties"].items():
            pointer = pointer_to("components", "schemas", name, "properties", wire)
            attribute = naming.attribute_name(wire, schema["properties"])
            if attribute in taken:
                what = f"{wire!r} and {taken[attribute]!r} both become the attribute {attribute}"
                yield Problem(pointer, what, "Add a spelling to WHOLE_WORDS in generator/client/naming.py.")
            taken.setdefault(attribute, wire)
            if not spec.words(field):
                yield Problem(
                    pointer, f"{name}.{wire} has no description", "Add a `description`: it becomes the docstring."
                )
