# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""RegionalStorageResponse: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..types import (
    Json,
    Layouts,
    Model,
    model_reader,
    read_list,
    unknown_fields,
    wire_values,
)
from .regional_store import RegionalStore, read_regional_store
from .rescale_region import RescaleRegion, read_rescale_region


@attrs.define(kw_only=True, repr=False)
class RegionalStorageResponse(Model):
    """Storage of a task in all regions."""

    regional_stores: list[RegionalStore] | None = None
    """One store for each region."""
    rescale_region: RescaleRegion | str | None = None
    """Region that the answer is for. Meaning not documented by the service."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "regionalStores": "regional_stores",
        "rescaleRegion": "rescale_region",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.regional_stores = read_list(read_regional_store, get("regionalStores"))
        model.rescale_region = read_rescale_region(get("rescaleRegion"))
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_regional_storage_response = model_reader(RegionalStorageResponse)
_LAYOUTS = Layouts(RegionalStorageResponse.WIRE_NAMES)
