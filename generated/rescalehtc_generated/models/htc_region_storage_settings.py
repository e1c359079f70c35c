# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRegionStorageSettings: see the class."""

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
        get = data.get
        model = cls.__new__(cls)
        model.storage_region = read_rescale_region(get("storageRegion"))
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_region_storage_settings = model_reader(HTCRegionStorageSettings)
_LAYOUTS = Layouts(HTCRegionStorageSettings.WIRE_NAMES)
