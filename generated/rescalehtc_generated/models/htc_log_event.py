# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCLogEvent: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Self, cast

import attrs

from ..types import (
    Model,
    model_reader,
    read_datetime,
    remember,
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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.message = get("message")
        model.timestamp = read_datetime(get("timestamp"))
        remember(model, data, _NAMES, _TIMESTAMPS)
        return model


read_htc_log_event = model_reader(HTCLogEvent)
_NAMES = frozenset(HTCLogEvent.WIRE_NAMES)
_TIMESTAMPS = ("timestamp",)
