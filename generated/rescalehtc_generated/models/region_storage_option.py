# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""RegionStorageOption: see the class."""

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
from .cloud_provider import CloudProvider, read_cloud_provider
from .rescale_region import RescaleRegion, read_rescale_region


@attrs.define(kw_only=True, repr=False)
class RegionStorageOption(Model):
    """Storage of a workspace in one region."""

    provider: CloudProvider | str | None = None
    """Cloud provider of the storage."""
    region: RescaleRegion | str | None = None
    """Region of the storage."""
    storage_name: str | None = None
    """Name of the storage, such as a bucket."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "provider": "provider",
        "region": "region",
        "storageName": "storage_name",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.provider = read_cloud_provider(get("provider"))
        model.region = read_rescale_region(get("region"))
        model.storage_name = get("storageName")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_region_storage_option = model_reader(RegionStorageOption)
_LAYOUTS = Layouts(RegionStorageOption.WIRE_NAMES)
