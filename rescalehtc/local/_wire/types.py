"""Types that the modules of the local server share."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeGuard

#: A JSON value as `json.loads` returns it. The description's validators, not the type checker, know its content.
Json: TypeAlias = Any
JsonObject: TypeAlias = dict[str, Any]


def is_object(value: Json) -> TypeGuard[JsonObject]:
    """Whether a JSON value is an object."""
    return isinstance(value, dict)


def is_list(value: Json) -> TypeGuard[list[Json]]:
    """Whether a JSON value is an array."""
    return isinstance(value, list)
