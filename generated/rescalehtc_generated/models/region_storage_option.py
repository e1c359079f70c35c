# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""RegionStorageOption: see the class."""

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
from .cloud_provider import CloudProvider, cloud_provider_members, read_cloud_provider
from .rescale_region import RescaleRegion, read_rescale_region, rescale_region_members


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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 3 else _NAMES | data
        try:
            model.provider = cloud_provider_members[sent["provider"]]
            model.region = rescale_region_members[sent["region"]]
            model.storage_name = sent["storageName"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_region_storage_option = model_reader(RegionStorageOption)
_NAMES = wire_names(RegionStorageOption)
_LAYOUTS = Layouts(RegionStorageOption.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "provider": read_cloud_provider,
        "region": read_rescale_region,
    }
