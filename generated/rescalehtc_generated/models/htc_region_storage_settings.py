# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRegionStorageSettings: see the class."""

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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.storage_region = read_rescale_region(get("storageRegion"))
        remember(model, data, _NAMES)
        return model


read_htc_region_storage_settings = model_reader(HTCRegionStorageSettings)
_NAMES = frozenset(HTCRegionStorageSettings.WIRE_NAMES)
