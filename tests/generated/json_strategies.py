"""Hypothesis strategies for what the service may send: JSON that matches a schema, and what real services add to it."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

DOCUMENT: dict[str, Any] = json.loads(
    resources.files("rescalehtc_generated").joinpath("openapi.json").read_text(encoding="utf-8")
)
SCHEMAS: dict[str, dict[str, Any]] = DOCUMENT["components"]["schemas"]

TIMESTAMPS = [
    "2022-03-10T16:15:50Z",
    "2022-03-10T16:15:50.120Z",
    "2022-03-10T16:15:50.123456789Z",
    "2022-03-10T18:15:50+02:00",
    "2022-03-10T16:15:50",
    "2022-03-10 16:15:50",
    "2022-03-10T16:15Z",
    "2022-03-10",
    "20220310T161550Z",
    "Thu, 10 Mar 2022 16:15:50 GMT",
    "0000-00-00T00:00:00Z",
    "2022-03-10T16:15:60Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "+10000-01-01T00:00:00Z",
    "2022-03-10t16:15:50z",
    "",
    "never",
]

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=6
)


def model_names() -> list[str]:
    """Schemas that become classes: objects with fields."""
    return sorted(name for name, schema in SCHEMAS.items() if "properties" in schema)


@cache
def fitting(name: str) -> SearchStrategy[Any]:
    """Values of a named schema, each field of an object being absent, null, fitting or odd."""
    schema = SCHEMAS[name]
    if "properties" not in schema:
        return _value(schema)
    fields = {wire: st.none() | _value(inner) | _value(inner) for wire, inner in schema["properties"].items()}
    known = st.fixed_dictionaries({}, optional=fields)
    unknown = st.dictionaries(st.text().filter(lambda key: key not in fields), anything, max_size=2)
    return st.builds(lambda first, second: {**first, **second}, known, unknown)


def _value(schema: dict[str, Any]) -> SearchStrategy[Any]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return st.deferred(lambda: fitting(name))
    for key in ("allOf", "oneOf", "anyOf"):
        if key in schema:
            return st.one_of([_value(inner) for inner in schema[key]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"]) | st.text()
    kind = schema.get("type")
    if kind == "array":
        return st.lists(_value(schema["items"]) | st.none(), max_size=3)
    if kind == "object" or "additionalProperties" in schema:
        inner = schema.get("additionalProperties")
        values = _value(inner) if isinstance(inner, dict) and inner else anything
        return st.dictionaries(st.text(), values, max_size=3)
    if schema.get("format") == "date-time":
        moments = st.datetimes().map(lambda moment: moment.isoformat() + "Z")
        return st.sampled_from(TIMESTAMPS) | moments
    plain: dict[Any, SearchStrategy[Any]] = {
        "string": st.text(),
        "integer": st.integers(),
        "number": st.floats(allow_nan=False, allow_infinity=False) | st.integers(),
        "boolean": st.booleans(),
    }
    return plain.get(kind, anything)
