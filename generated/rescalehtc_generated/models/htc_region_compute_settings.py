# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRegionComputeSettings: see the class."""

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
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.compute_region = read_rescale_region(get("computeRegion"))
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_region_compute_settings = model_reader(HTCRegionComputeSettings)
_LAYOUTS = Layouts(HTCRegionComputeSettings.WIRE_NAMES)
