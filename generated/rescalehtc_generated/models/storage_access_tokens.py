# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""StorageAccessTokens: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..types import (
    ABSENT,
    Json,
    Layouts,
    Model,
    model_reader,
    read_list,
    unknown_fields,
    wire_values,
)
from .rescale_region import RescaleRegion, read_rescale_region
from .storage_access_token import StorageAccessToken, read_storage_access_token


@attrs.define(kw_only=True, repr=False)
class StorageAccessTokens(Model):
    """Temporary storage credentials for all regions."""

    default_region: RescaleRegion | str | None = None
    """Region to use when nothing speaks for another."""
    region_stores: list[StorageAccessToken]
    """One set of credentials for each region."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "defaultRegion": "default_region",
        "regionStores": "region_stores",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.default_region = read_rescale_region(get("defaultRegion"))
        model.region_stores = read_list(read_storage_access_token, get("regionStores", ABSENT))
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_storage_access_tokens = model_reader(StorageAccessTokens)
_LAYOUTS = Layouts(StorageAccessTokens.WIRE_NAMES)
