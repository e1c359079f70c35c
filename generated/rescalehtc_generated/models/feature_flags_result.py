# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""FeatureFlagsResult: see the class."""

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
    read_list,
    read_surprising,
    unknown_fields,
    wire_names,
    wire_values,
)
from .rescale_flag import RescaleFlag, read_rescale_flag


@attrs.define(kw_only=True, repr=False)
class FeatureFlagsResult(Model):
    """Feature flags of a user."""

    count: int | None = None
    """Number of flags."""
    results: list[RescaleFlag] | None = None
    """The flags."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "count": "count",
        "results": "results",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 2 else _NAMES | data
        try:
            model.count = sent["count"]
            model.results = read_list(read_rescale_flag, sent["results"])
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_feature_flags_result = model_reader(FeatureFlagsResult)
_NAMES = wire_names(FeatureFlagsResult)
_LAYOUTS = Layouts(FeatureFlagsResult.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "results": lambda item: read_list(read_rescale_flag, item),
    }
