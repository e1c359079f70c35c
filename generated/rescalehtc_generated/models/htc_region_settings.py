# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRegionSettings: see the class."""

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
from .htc_region_compute_settings import (
    HTCRegionComputeSettings,
    read_htc_region_compute_settings,
)
from .htc_region_storage_settings import (
    HTCRegionStorageSettings,
    read_htc_region_storage_settings,
)


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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 2 else _NAMES | data
        try:
            model.compute_settings = read_htc_region_compute_settings(sent["computeSettings"])
            model.storage_settings = read_htc_region_storage_settings(sent["storageSettings"])
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_region_settings = model_reader(HTCRegionSettings)
_NAMES = wire_names(HTCRegionSettings)
_LAYOUTS = Layouts(HTCRegionSettings.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "computeSettings": read_htc_region_compute_settings,
        "storageSettings": read_htc_region_storage_settings,
    }
