# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""StorageAccessTokens: see the class."""

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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.default_region = read_rescale_region(get("defaultRegion"))
        model.region_stores = read_list(read_storage_access_token, get("regionStores"))
        remember(model, data, _NAMES)
        return model


read_storage_access_tokens = model_reader(StorageAccessTokens)
_NAMES = frozenset(StorageAccessTokens.WIRE_NAMES)
