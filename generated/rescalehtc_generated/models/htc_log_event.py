# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCLogEvent: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from ..types import (
    ABSENT,
    UNUSUAL,
    Json,
    Layouts,
    Model,
    model_reader,
    moments,
    read_unusual,
    unknown_fields,
    wire_values,
)


@attrs.define(kw_only=True, repr=False)
class HTCLogEvent(Model):
    """One line of a job's output."""

    message: str
    """The line."""
    timestamp: datetime | str
    """Time at which it was written."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "message": "message",
        "timestamp": "timestamp",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.message = get("message", ABSENT)
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        try:
            model.timestamp = moments[get("timestamp")]
        except UNUSUAL:
            read_unusual(model, data, _TIMESTAMPS)
        return model


read_htc_log_event = model_reader(HTCLogEvent)
_LAYOUTS = Layouts(HTCLogEvent.WIRE_NAMES)
_TIMESTAMPS = ("timestamp",)
