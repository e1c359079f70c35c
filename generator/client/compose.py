"""Writes out objects that are composed with allOf, so that each becomes one class with all its fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

Schemas = dict[str, dict[str, Any]]
_WORDS = frozenset({"title", "description", "example", "externalDocs", "deprecated"})
_OBJECT = frozenset({"type", "properties", "required", "additionalProperties", "allOf", "nullable", "discriminator"})


def composed(schemas: Schemas) -> Schemas:
    """The schemas, with composed objects written out; what cannot be written out stays unchanged."""
    return {name: _written_out(schemas, name) for name in schemas}


def contradictions(schemas: Schemas) -> Iterator[tuple[str, str, str]]:
    """What keeps a schema from being written out: its name, the place below it, and what is wrong there."""
    for name, schema in schemas.items():
        if isinstance(schema, dict) and isinstance(schema.get("allOf"), list):
            if _is_circular(schemas, name):
                yield name, "allOf/0", f"{name} is part of itself"
                continue
            seen: dict[str, tuple[str, Any]] = {}
            for place, part in _parts(schemas, schema):
                for key in part.keys() - _OBJECT - _WORDS:
                    if not key.startswith("x-") and len(schema["allOf"]) + ("properties" in schema) > 1:
                        yield name, place, f"`{key}` of a part of allOf is not supported"
                for wire, field in part.get("properties", {}).items():
                    before = seen.setdefault(wire, (place, field))
                    if _bare(before[1]) != _bare(field):
                        yield name, place, f"The field {wire!r} is described in two ways"


def _written_out(schemas: Schemas, name: str) -> dict[str, Any]:
    schema = schemas[name]
    if not isinstance(cast(Any, schema), dict) or not schema.get("allOf") or _is_circular(schemas, name):
        return schema
    parts = [part for _, part in _parts(schemas, schema)]
    if any(part.keys() - _OBJECT - _WORDS - {key for key in part if key.startswith("x-")} for part in parts):
        return schema
    if not any(part.get("properties") for part in parts):
        return schema
    result = {key: value for key, value in schema.items() if key not in ("allOf", "properties", "required")}
    fields = {wire: field for part in parts for wire, field in part.get("properties", {}).items()}
    required = list(dict.fromkeys(wire for part in parts for wire in part.get("required", [])))
    words = {key: part[key] for part in reversed(parts) for key in ("description",) if key in part}
    return {"type": "object", **words, **result, "properties": fields, **({"required": required} if required else {})}


def _parts(
    schemas: Schemas, schema: dict[str, Any], place: str = "", inside: tuple[int, ...] = ()
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects that a schema is made of, from the inside out, each with its place."""
    for index, part in enumerate(schema.get("allOf", [])):
        target = _target(schemas, cast("dict[str, Any]", part)) if isinstance(part, dict) else None
        if target is not None and id(target) not in inside:
            yield from _parts(schemas, target, f"{place}allOf/{index}/", (*inside, id(schema)))
    own = {key: value for key, value in schema.items() if key != "allOf"}
    yield place.removesuffix("/") or "properties", own


def _target(schemas: Schemas, part: dict[str, Any]) -> dict[str, Any] | None:
    while "$ref" in part:
        found = schemas.get(str(part["$ref"]).removeprefix("#/components/schemas/"))
        if not isinstance(found, dict):
            return None
        part = found
    return part


def _is_circular(schemas: Schemas, name: str) -> bool:
    waiting, seen = [schemas[name]], set[int]()
    while waiting:
        schema = waiting.pop()
        for part in schema.get("allOf", []):
            target = _target(schemas, part) if isinstance(part, dict) else None
            if target is schemas[name]:
                return True
            if target is not None and id(target) not in seen:
                seen.add(id(target))
                waiting.append(target)
    return False


def _bare(schema: Any) -> Any:
    return (
        {k: v for k, v in cast("dict[str, Any]", schema).items() if k not in _WORDS}
        if isinstance(schema, dict)
        else schema
    )
