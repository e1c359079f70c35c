# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCLogEvent: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

import attrs

from ..types import (
    SURPRISES,
    Json,
    Layouts,
    Model,
    model_reader,
    moments,
    read_datetime,
    read_surprising,
    unknown_fields,
    wire_names,
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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 2 else _NAMES | data
        try:
            model.message = sent["message"]
            model.timestamp = moments[sent["timestamp"]]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_log_event = model_reader(HTCLogEvent)
_NAMES = wire_names(HTCLogEvent)
_LAYOUTS = Layouts(HTCLogEvent.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "timestamp": read_datetime,
    }
