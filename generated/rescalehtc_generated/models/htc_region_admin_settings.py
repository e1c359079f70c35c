# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRegionAdminSettings: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from operator import itemgetter
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
    read_list,
    read_surprising,
    unknown_fields,
    wire_names,
    wire_values,
)
from .architecture import Architecture, read_architecture
from .cloud_provider import CloudProvider, cloud_provider_members, read_cloud_provider
from .rescale_region import RescaleRegion, read_rescale_region, rescale_region_members


@attrs.define(kw_only=True, repr=False)
class HTCRegionAdminSettings(Model):
    """Settings of a workspace for one region."""

    cloud_provider: CloudProvider | str | None = None
    """Cloud provider of the region."""
    enabled: bool | None = None
    """Whether jobs may run in the region."""
    region: RescaleRegion | str | None = None
    """The region."""
    supported_architectures: list[Architecture | str] | None = None
    """Processor architectures that the region offers."""
    updated_at: datetime | str | None = None
    """Time of the last change."""
    updated_by: str | None = None
    """Identifier of the user who last changed it."""
    weight: float | None = None
    """Weight of the region. How it enters the choice of a region is not documented by the service."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "cloudProvider": "cloud_provider",
        "enabled": "enabled",
        "region": "region",
        "supportedArchitectures": "supported_architectures",
        "updatedAt": "updated_at",
        "updatedBy": "updated_by",
        "weight": "weight",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 7 else _NAMES | data
        try:
            (
                model.cloud_provider,
                model.enabled,
                model.region,
                model.supported_architectures,
                model.updated_at,
                model.updated_by,
                model.weight,
            ) = _values(sent)
            model.cloud_provider = cloud_provider_members[model.cloud_provider]
            model.region = rescale_region_members[model.region]
            model.supported_architectures = read_list(read_architecture, model.supported_architectures)
            model.updated_at = moments[model.updated_at]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_region_admin_settings = model_reader(HTCRegionAdminSettings)
_NAMES = wire_names(HTCRegionAdminSettings)
_LAYOUTS = Layouts(HTCRegionAdminSettings.WIRE_NAMES)
_values = itemgetter(*_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "cloudProvider": read_cloud_provider,
        "region": read_rescale_region,
        "supportedArchitectures": lambda item: read_list(read_architecture, item),
        "updatedAt": read_datetime,
    }
