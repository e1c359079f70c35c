# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""NameValuePair: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self, cast

import attrs

from ..types import (
    Model,
    model_reader,
    remember,
    unknown_fields,
    wire_values,
)


@attrs.define(kw_only=True, repr=False)
class NameValuePair(Model):
    """A claim that a user adds to the bearer token of a job."""

    name: str
    """Name of the claim; it appears in the token as `userDefined_<name>`."""
    value: str
    """Value of the claim."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "value": "value",
    }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.name = get("name")
        model.value = get("value")
        remember(model, data, _NAMES)
        return model


read_name_value_pair = model_reader(NameValuePair)
_NAMES = frozenset(NameValuePair.WIRE_NAMES)
