# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""PresignedPutUrlResponse: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Self, cast

import attrs

from ..types import (
    Model,
    model_reader,
    read_datetime,
    remember,
    unknown_fields,
    wire_values,
)
from .presigned_url_parts import PresignedUrlParts, read_presigned_url_parts
from .rescale_region import RescaleRegion, read_rescale_region


@attrs.define(kw_only=True, repr=False)
class PresignedPutUrlResponse(Model):
    """A URL with which one file can be written without further credentials."""

    expiration: datetime | str | None = None
    """Time at which the URL ends."""
    region: RescaleRegion | str | None = None
    """Region of the storage."""
    storage_name: str | None = None
    """Name of the storage, such as a bucket."""
    url: str | PresignedUrlParts
    """The URL, a secret: a string or, as the description of the service has it, the parts of one."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "expiration": "expiration",
        "region": "region",
        "storageName": "storage_name",
        "url": "url",
    }
    SENSITIVE: ClassVar[frozenset[str]] = frozenset(
        {
            "url",
        }
    )

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.expiration = read_datetime(get("expiration"))
        model.region = read_rescale_region(get("region"))
        model.storage_name = get("storageName")
        model.url = read_presigned_url_parts(get("url"))
        remember(model, data, _NAMES, _TIMESTAMPS)
        return model


read_presigned_put_url_response = model_reader(PresignedPutUrlResponse)
_NAMES = frozenset(PresignedPutUrlResponse.WIRE_NAMES)
_TIMESTAMPS = ("expiration",)
