# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""RegionalStorageResponse: see the class."""

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
from .regional_store import RegionalStore, read_regional_store
from .rescale_region import RescaleRegion, read_rescale_region, rescale_region_members


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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 2 else _NAMES | data
        try:
            model.regional_stores = read_list(read_regional_store, sent["regionalStores"])
            model.rescale_region = rescale_region_members[sent["rescaleRegion"]]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_regional_storage_response = model_reader(RegionalStorageResponse)
_NAMES = wire_names(RegionalStorageResponse)
_LAYOUTS = Layouts(RegionalStorageResponse.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "regionalStores": lambda item: read_list(read_regional_store, item),
        "rescaleRegion": read_rescale_region,
    }
