# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRegionAdminSettings: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from ..types import (
    UNUSUAL,
    Json,
    Layouts,
    Model,
    model_reader,
    moments,
    read_list,
    read_unusual,
    unknown_fields,
    wire_values,
)
from .architecture import Architecture, read_architecture
from .cloud_provider import CloudProvider, read_cloud_provider
from .rescale_region import RescaleRegion, read_rescale_region


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
        get = data.get
        model = cls.__new__(cls)
        model.cloud_provider = read_cloud_provider(get("cloudProvider"))
        model.enabled = get("enabled")
        model.region = read_rescale_region(get("region"))
        model.supported_architectures = read_list(read_architecture, get("supportedArchitectures"))
        model.updated_by = get("updatedBy")
        model.weight = get("weight")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        try:
            model.updated_at = moments[get("updatedAt")]
        except UNUSUAL:
            read_unusual(model, data, _TIMESTAMPS)
        return model


read_htc_region_admin_settings = model_reader(HTCRegionAdminSettings)
_LAYOUTS = Layouts(HTCRegionAdminSettings.WIRE_NAMES)
_TIMESTAMPS = ("updatedAt",)
