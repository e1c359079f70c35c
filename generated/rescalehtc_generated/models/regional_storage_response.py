# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""RegionalStorageResponse: see the class."""

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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.regional_stores = read_list(read_regional_store, get("regionalStores"))
        model.rescale_region = read_rescale_region(get("rescaleRegion"))
        remember(model, data, _NAMES)
        return model


read_regional_storage_response = model_reader(RegionalStorageResponse)
_NAMES = frozenset(RegionalStorageResponse.WIRE_NAMES)
