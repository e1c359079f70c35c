"""Values of models that have another type than promised: a single odd job must not break a listing."""

from __future__ import annotations

import sys
from typing import Any, TypeVar, cast

T = TypeVar("T")

_DIGITS = 18


def text(value: object) -> str:
    """A value that should be a string; empty if it is not."""
    return value if isinstance(value, str) else ""


def entries(value: object, kind: type[T]) -> list[T]:
    """The entries of the right kind in a value that should be a list."""
    return [each for each in cast("list[Any]", value) if isinstance(each, kind)] if isinstance(value, list) else []


def number(value: object) -> float | None:
    """A finite number; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= sys.float_info.max:
        return None
    return float(value)


def integer(value: object) -> int | None:
    """An integer, even if it comes as a float or in digits; None for anything else."""
    if isinstance(value, str):
        return int(value) if value.isascii() and value.isdecimal() and len(value) <= _DIGITS else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if isinstance(value, int) or value.is_integer() else None
