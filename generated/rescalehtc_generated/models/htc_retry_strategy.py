# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRetryStrategy: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, ClassVar

import attrs

from ..types import (
    SURPRISES,
    Json,
    Layouts,
    Model,
    model_reader,
    read_surprising,
    unknown_fields,
    wire_names,
    wire_values,
)


@attrs.define(kw_only=True, repr=False)
class HTCRetryStrategy(Model):
    """How often a failed job is tried again."""

    max_retries: int | None = None
    """Number of further attempts after a failure, 0 to 10. The default is not documented by the service."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "maxRetries": "max_retries",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 1 else _NAMES | data
        try:
            model.max_retries = sent["maxRetries"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_retry_strategy = model_reader(HTCRetryStrategy)
_NAMES = wire_names(HTCRetryStrategy)
_LAYOUTS = Layouts(HTCRetryStrategy.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
