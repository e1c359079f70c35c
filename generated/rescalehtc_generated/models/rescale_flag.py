# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""RescaleFlag: see the class."""

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
class RescaleFlag(Model):
    """A feature flag."""

    name: str | None = None
    """Name of the flag."""
    value: bool | None = None
    """Whether it is on for the user."""

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


read_rescale_flag = model_reader(RescaleFlag)
_NAMES = frozenset(RescaleFlag.WIRE_NAMES)
