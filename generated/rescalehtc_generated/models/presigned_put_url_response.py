# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""PresignedPutUrlResponse: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from ..types import (
    ABSENT,
    UNUSUAL,
    Json,
    Layouts,
    Model,
    model_reader,
    moments,
    read_unusual,
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
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.region = read_rescale_region(get("region"))
        model.storage_name = get("storageName")
        model.url = read_presigned_url_parts(get("url", ABSENT))
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        try:
            model.expiration = moments[get("expiration")]
        except UNUSUAL:
            read_unusual(model, data, _TIMESTAMPS)
        return model


read_presigned_put_url_response = model_reader(PresignedPutUrlResponse)
_LAYOUTS = Layouts(PresignedPutUrlResponse.WIRE_NAMES)
_TIMESTAMPS = ("expiration",)
