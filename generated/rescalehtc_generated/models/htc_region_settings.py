# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRegionSettings: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..types import (
    ABSENT,
    Json,
    Layouts,
    Model,
    model_reader,
    unknown_fields,
    wire_values,
)
from .htc_region_compute_settings import HTCRegionComputeSettings, read_htc_region_compute_settings
from .htc_region_storage_settings import HTCRegionStorageSettings, read_htc_region_storage_settings


@attrs.define(kw_only=True, repr=False)
class HTCRegionSettings(Model):
    """A pair of compute and storage region of a project."""

    compute_settings: HTCRegionComputeSettings
    """Where jobs run."""
    storage_settings: HTCRegionStorageSettings
    """Where their files are kept."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "computeSettings": "compute_settings",
        "storageSettings": "storage_settings",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.compute_settings = read_htc_region_compute_settings(get("computeSettings", ABSENT))
        model.storage_settings = read_htc_region_storage_settings(get("storageSettings", ABSENT))
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_region_settings = model_reader(HTCRegionSettings)
_LAYOUTS = Layouts(HTCRegionSettings.WIRE_NAMES)
