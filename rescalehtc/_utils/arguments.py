"""Checks what a caller passes: numbers, functions, dictionaries."""

from __future__ import annotations

import numbers
from types import UnionType
from typing import Any

from rescalehtc_generated.errors import HtcPayloadError

from .redaction import shown


def check_integer(name: str, value: Any, least: int, most: int | None = None) -> None:
    """Make sure that an argument is an integer within its limits; integers of numpy count too.

    Raises:
        HtcPayloadError: It is not.
    """
    if not _is_instance(numbers.Integral, value) or value < least or (most is not None and value > most):
        limits = f"{least} or more" if most is None else f"between {least} and {most}"
        raise HtcPayloadError(f"{name} must be an integer, {limits}, not {shown(value)}.")


def check_seconds(name: str, value: Any, *, may_be_zero: bool = True) -> None:
    """Make sure that an argument is a number of seconds.

    Raises:
        HtcPayloadError: It is not.
    """
    if not _is_instance(numbers.Real, value) or not (value >= 0 if may_be_zero else value > 0):
        limits = "0 or more" if may_be_zero else "above 0"
        raise HtcPayloadError(f"{name} must be a number of seconds, {limits}, not {shown(value)}.")


def check_callable(name: str, value: object) -> None:
    """Make sure that an optional argument is a function.

    Raises:
        HtcPayloadError: It is not.
    """
    if value is not None and not callable(value):
        raise HtcPayloadError(f"{name} must be a function, not {type(value).__name__}.")


def check_kind(name: str, value: object, kind: type[object] | UnionType, wanted: str) -> None:
    """Make sure that an argument is of a type. The message does not repeat it, since it may hold secrets.

    Raises:
        HtcPayloadError: It is not.
    """
    if not isinstance(value, kind):
        raise HtcPayloadError(f"{name} must be {wanted}, not {type(value).__name__}.")


def _is_instance(kind: type[object], value: object) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)
