# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""StorageAccessTokens: see the class."""

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
from .rescale_region import RescaleRegion, read_rescale_region, rescale_region_members
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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 2 else _NAMES | data
        try:
            model.default_region = rescale_region_members[sent["defaultRegion"]]
            model.region_stores = read_list(read_storage_access_token, sent["regionStores"])
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_storage_access_tokens = model_reader(StorageAccessTokens)
_NAMES = wire_names(StorageAccessTokens)
_LAYOUTS = Layouts(StorageAccessTokens.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "defaultRegion": read_rescale_region,
        "regionStores": lambda item: read_list(read_storage_access_token, item),
    }
