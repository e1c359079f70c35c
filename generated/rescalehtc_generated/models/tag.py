# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""Tag: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..types import (
    Json,
    Layouts,
    Model,
    model_reader,
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
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.key = get("key")
        model.value = get("value")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_tag = model_reader(Tag)
_LAYOUTS = Layouts(Tag.WIRE_NAMES)
