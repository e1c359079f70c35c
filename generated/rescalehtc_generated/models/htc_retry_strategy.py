# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRetryStrategy: see the class."""

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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.max_retries = get("maxRetries")
        remember(model, data, _NAMES)
        return model


read_htc_retry_strategy = model_reader(HTCRetryStrategy)
_NAMES = frozenset(HTCRetryStrategy.WIRE_NAMES)
