# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""FeatureFlagsResult: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self, cast

import attrs

from ..types import (
    Model,
    model_reader,
    read_list,
    remember,
    unknown_fields,
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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.count = get("count")
        model.results = read_list(read_rescale_flag, get("results"))
        remember(model, data, _NAMES)
        return model


read_feature_flags_result = model_reader(FeatureFlagsResult)
_NAMES = frozenset(FeatureFlagsResult.WIRE_NAMES)
