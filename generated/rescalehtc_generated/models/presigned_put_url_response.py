# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""PresignedPutUrlResponse: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

import attrs

from ..types import (
    SURPRISES,
    Json,
    Layouts,
    Model,
    model_reader,
    moments,
    read_datetime,
    read_surprising,
    unknown_fields,
    wire_names,
    wire_values,
)
from .presigned_url_parts import PresignedUrlParts, read_presigned_url_parts
from .rescale_region import RescaleRegion, read_rescale_region, rescale_region_members


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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 4 else _NAMES | data
        try:
            model.expiration = moments[sent["expiration"]]
            model.region = rescale_region_members[sent["region"]]
            model.storage_name = sent["storageName"]
            model.url = read_presigned_url_parts(sent["url"])
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_presigned_put_url_response = model_reader(PresignedPutUrlResponse)
_NAMES = wire_names(PresignedPutUrlResponse)
_LAYOUTS = Layouts(PresignedPutUrlResponse.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "expiration": read_datetime,
        "region": read_rescale_region,
        "url": read_presigned_url_parts,
    }
