# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRegionComputeSettings: see the class."""

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
from .rescale_region import RescaleRegion, read_rescale_region


@attrs.define(kw_only=True, repr=False)
class HTCRegionComputeSettings(Model):
    """Where the jobs of a project run."""

    compute_region: RescaleRegion | str | None = None
    """Region in which jobs run."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "computeRegion": "compute_region",
    }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.compute_region = read_rescale_region(get("computeRegion"))
        remember(model, data, _NAMES)
        return model


read_htc_region_compute_settings = model_reader(HTCRegionComputeSettings)
_NAMES = frozenset(HTCRegionComputeSettings.WIRE_NAMES)
