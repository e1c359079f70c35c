"""The rules that an API description must keep, so that all of it can be turned into code without loss."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from openapi_python_client.strings import ClassName
from openapi_spec_validator import OpenAPIV30SpecValidator

from . import naming
from .spec import Spec, pointer_to, walk

OBJECT_OR_ARRAY = frozenset({"object", "array"})


def check_rules(spec: Spec) -> None:
    """Refuse a description that breaks a rule.

    Raises:
        SpecError: Names the place, what is wrong with it, and the remedy.
    """
    _check_references(spec)
    _check_operation_ids(spec)
    _check_path_parameters(spec)
    _check_standard(spec)
    _check_frame(spec)
    _check_answers(spec)
    _check_function_names(spec)
    _check_class_names(spec)
    _check_enums(spec)
    _check_parameters(spec)
    _check_nothing_inline(spec)


def is_item_of(collection: str, item: str) -> bool:
    """Whether ``item`` is ``collection`` with one parameter more: the two share a function."""
    rest = item.removeprefix(collection)
    return rest != item and rest.startswith("/{") and rest.endswith("}") and rest.count("/") == 1


def _check_references(spec: Spec) -> None:
    for pointer, node in walk(spec.document):
        reference = node.get("$ref") if isinstance(node, dict) else None
        if not isinstance(reference, str):
            continue
        if not reference.startswith("#/"):
            raise spec.error(pointer, f"The reference {reference!r} leaves this file", "Move the target here.")
        try:
            target = spec.at(reference)
        except (KeyError, IndexError, ValueError, TypeError):
            raise spec.error(
                pointer,
                f"The reference {reference!r} leads nowhere",
                "Correct its spelling, or add what it names under components.",
            ) from None
        if isinstance(target, dict) and "$ref" in target:
            raise spec.error(
                pointer,
                f"The reference {reference!r} leads to another reference",
                f"Refer to {target['$ref']} itself.",
            )


def _check_operation_ids(spec: Spec) -> None:
    if not isinstance(spec.document.get("paths"), dict) or not spec.document["paths"]:
        raise spec.error("#/", "There are no paths", "Add the routes under `paths`.")
    seen: dict[str, str] = {}
    for method, path, pointer, operation in spec.operations():
        name = operation.get("operationId") if isinstance(cast(Any, operation), dict) else None
        if not name:
            raise spec.error(pointer, f"{method.upper()} {path} has no operationId", "Add a unique operationId.")
        module = naming.module_name(name)
        if module in seen:
            raise spec.error(
                f"{pointer}/operationId",
                f"The operationId {name!r} of {method.upper()} {path} is taken by {seen[module]}",
                "Give one of them another operationId.",
            )
        seen[module] = f"{method.upper()} {path}"


def _check_path_parameters(spec: Spec) -> None:
    # The standard demands it too, but its validator cannot say where.
    for method, path, pointer, operation in spec.operations():
        described = {node.get("name") for node in spec.parameters(path, operation) if node.get("in") == "path"}
        named = {part[1:-1] for part in path.split("/") if part.startswith("{")}
        for name in sorted(described ^ named, key=str):
            what = "is not described as a path parameter" if name in named else "does not stand in the path"
            raise spec.error(pointer, f"{name!r} of {method.upper()} {path} {what}", "Make path and parameters agree.")


def _check_standard(spec: Spec) -> None:
    for error in OpenAPIV30SpecValidator(cast(Any, spec.document)).iter_errors():
        pointer = pointer_to(*error.absolute_path) if error.absolute_path else _with_default(spec, error)
        message = error.message[:300]
        raise spec.error(pointer, f"This is not valid OpenAPI 3.0: {message}", "Correct this place.")


def _with_default(spec: Spec, error: Any) -> str:
    # A default that does not fit its schema is reported without its place.
    for pointer, node in walk(spec.document):
        if isinstance(node, dict) and "default" in node and node["default"] == error.instance:
            return f"{pointer}/default"
    return "#/"


def _check_frame(spec: Spec) -> None:
    if not spec.document.get("servers"):
        raise spec.error("#/", "There are no servers", "Add the base URL of the service under `servers`.")
    schemes = spec.document.get("components", {}).get("securitySchemes", {})
    for pointer, node in walk(spec.document):
        choices = node.get("security") if isinstance(node, dict) else None
        for choice in choices if isinstance(choices, list) else ():
            for name in cast("dict[str, Any]", choice):
                if name not in schemes:
                    raise spec.error(
                        f"{pointer}/security",
                        f"The security scheme {name!r} is not described",
                        "Correct its spelling, or add it to components/securitySchemes.",
                    )


def _check_answers(spec: Spec) -> None:
    for method, path, pointer, operation in spec.operations():
        if not any(str(code).startswith("2") for code in operation["responses"]):
            raise spec.error(
                f"{pointer}/responses",
                f"{method.upper()} {path} has no successful answer",
                "Describe one, with a 2xx status of its own.",
            )


def _check_function_names(spec: Spec) -> None:
    groups: dict[str, list[str]] = {}
    for method, path, pointer, _ in spec.operations():
        name = naming.function_name(method, path)
        group = groups.setdefault(name, [])
        group.append(path)
        if len(group) > 2 or (len(group) == 2 and not is_item_of(*sorted(group, key=len))):
            raise spec.error(
                pointer,
                f"{method.upper()} {path} and {group[0]} both give the function {name}",
                "Add an alias to FUNCTION_ALIASES in generator/naming.py.",
            )


def _check_class_names(spec: Spec) -> None:
    modules: dict[str, str] = {}
    for name in _schemas(spec):
        pointer = pointer_to("components", "schemas", name)
        if ClassName(name, "") != name or name in naming.RESERVED_CLASSES:
            raise spec.error(pointer, f"{name!r} is no good name for a class", "Rename it, in PascalCase.")
        module = naming.module_name(name)
        if module in modules:
            raise spec.error(pointer, f"{name!r} and {modules[module]!r} both give the module {module}", "Rename one.")
        modules[module] = name


def _check_enums(spec: Spec) -> None:
    for name, schema in _schemas(spec).items():
        members: dict[str, Any] = {}
        for value in schema.get("enum", []):
            if value is None:
                continue
            pointer = pointer_to("components", "schemas", name, "enum")
            if type(value) not in (str, int):
                raise spec.error(pointer, f"{value!r} cannot be a member", "Use texts or whole numbers.")
            member = naming.member_name(value)
            if member in members:
                raise spec.error(
                    pointer,
                    f"{value!r} and {members[member]!r} both give the member {member}",
                    "Describe the schema as a plain string and list its values in the description.",
                )
            members[member] = value
        if None in schema.get("enum", []) and not schema.get("nullable"):
            raise spec.error(
                pointer_to("components", "schemas", name, "enum"),
                "The values hold a null that OpenAPI 3.0 does not allow",
                "Add `nullable: true` beside them.",
            )


def _check_parameters(spec: Spec) -> None:
    for pointer, node in walk(spec.document):
        if not isinstance(node, dict) or not isinstance(node.get("in"), str) or "name" not in node:
            continue
        node = cast("dict[str, Any]", node)
        kind = spec.resolve(node.get("schema", {})).get("type")
        if node["in"] == "header" and kind in OBJECT_OR_ARRAY:
            # openapi-python-client would leave out the whole route.
            raise spec.error(pointer, f"A header parameter cannot be an {kind}", "Describe it as a string.")
        if kind == "object" or (kind == "array" and node["in"] == "path"):
            raise spec.error(pointer, f"A {node['in']} parameter cannot be an {kind}", "Describe it as a string.")
        if node["in"] == "cookie":
            raise spec.error(pointer, "Cookie parameters are not supported", "Remove the parameter.")


def _check_nothing_inline(spec: Spec) -> None:
    for pointer, schema in _unnamed_schemas(spec):
        kind = "A choice of values" if "enum" in schema else "An object with fields"
        if "enum" in schema or _holds_fields(schema):
            raise spec.error(
                pointer,
                f"{kind} stands inline, so that its class would have no good name",
                "Move it to components/schemas and refer to it.",
            )
        if len(schema.get("allOf", [])) > 1:
            raise spec.error(pointer, "allOf of several schemas is not supported", "Write out the fields.")
    for name, schema in _schemas(spec).items():
        if "allOf" in schema:
            raise spec.error(
                pointer_to("components", "schemas", name), "allOf cannot make a class", "Write out the fields."
            )


def _unnamed_schemas(spec: Spec) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema that does not stand right below components/schemas, so that nothing names it."""
    roots = [(pointer_to("components", "schemas", name), schema) for name, schema in _schemas(spec).items()]
    for pointer, node in walk(spec.document):
        if isinstance(node, dict) and isinstance(node.get("schema"), dict):
            roots.append((f"{pointer}/schema", node["schema"]))
            yield roots[-1]
    for root, schema in roots:
        yield from _inner_schemas(schema, root)


def _inner_schemas(schema: dict[str, Any], pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    below: list[tuple[str, Any]] = [
        (f"{pointer}/properties/{name}", inner) for name, inner in schema.get("properties", {}).items()
    ]
    below += [(f"{pointer}/{key}", schema.get(key)) for key in ("items", "additionalProperties", "not")]
    for key in ("allOf", "oneOf", "anyOf"):
        below += [(f"{pointer}/{key}/{index}", inner) for index, inner in enumerate(schema.get(key, []))]
    for place, inner in below:
        if isinstance(inner, dict):
            yield place, cast("dict[str, Any]", inner)
            yield from _inner_schemas(cast("dict[str, Any]", inner), place)


def _holds_fields(schema: dict[str, Any]) -> bool:
    return isinstance(schema.get("properties"), dict)


def _schemas(spec: Spec) -> dict[str, dict[str, Any]]:
    return spec.document.get("components", {}).get("schemas", {})
