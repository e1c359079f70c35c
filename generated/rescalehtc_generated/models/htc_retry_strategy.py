# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRetryStrategy: see the class."""

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
        get = data.get
        model = cls.__new__(cls)
        model.max_retries = get("maxRetries")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_retry_strategy = model_reader(HTCRetryStrategy)
_LAYOUTS = Layouts(HTCRetryStrategy.WIRE_NAMES)
