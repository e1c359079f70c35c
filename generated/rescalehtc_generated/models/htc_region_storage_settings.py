# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRegionStorageSettings: see the class."""

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
from .rescale_region import RescaleRegion, read_rescale_region, rescale_region_members


@attrs.define(kw_only=True, repr=False)
class HTCRegionStorageSettings(Model):
    """Where the files of a project are kept."""

    storage_region: RescaleRegion | str | None = None
    """Region in which files are kept."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "storageRegion": "storage_region",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 1 else _NAMES | data
        try:
            model.storage_region = rescale_region_members[sent["storageRegion"]]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_region_storage_settings = model_reader(HTCRegionStorageSettings)
_NAMES = wire_names(HTCRegionStorageSettings)
_LAYOUTS = Layouts(HTCRegionStorageSettings.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "storageRegion": read_rescale_region,
    }
