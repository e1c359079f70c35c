"""Copies of models that hold no secret, for exceptions: those are logged, pickled and sent to crash reporters."""

from __future__ import annotations

import copy
from typing import Any, TypeVar, cast

from rescalehtc_generated.reading import fields_of
from rescalehtc_generated.types import Record

from .._utils.redaction import MASK

R = TypeVar("R", bound=Record)


def without_secrets(model: R) -> R:
    """A copy with every sensitive value masked, and without the fields that the API description does not know."""
    masked = copy.copy(model)
    masked.additional_properties.clear()
    for spec in fields_of(type(model)).values():
        value = getattr(model, spec.attribute)
        if value is not None:
            setattr(masked, spec.attribute, MASK if spec.is_sensitive else _masked(value))
    return masked


def _masked(value: Any) -> Any:
    if isinstance(value, Record):
        return without_secrets(value)
    if isinstance(value, list):
        # A value that should be a model and is not may hold a secret anywhere.
        each: list[Any] = cast("list[Any]", value)
        return [_masked(item) if isinstance(item, Record | str | int | float) else MASK for item in each]
    return value
