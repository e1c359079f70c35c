# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""Tag: see the class."""

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
class Tag(Model):
    """A label on a job, for the user's own purposes."""

    key: str | None = None
    """Name of the label."""
    value: str | None = None
    """Value of the label."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "key": "key",
        "value": "value",
    }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.key = get("key")
        model.value = get("value")
        remember(model, data, _NAMES)
        return model


read_tag = model_reader(Tag)
_NAMES = frozenset(Tag.WIRE_NAMES)
