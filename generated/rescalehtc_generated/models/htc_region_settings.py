# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRegionSettings: see the class."""

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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.compute_settings = read_htc_region_compute_settings(get("computeSettings"))
        model.storage_settings = read_htc_region_storage_settings(get("storageSettings"))
        remember(model, data, _NAMES)
        return model


read_htc_region_settings = model_reader(HTCRegionSettings)
_NAMES = frozenset(HTCRegionSettings.WIRE_NAMES)
