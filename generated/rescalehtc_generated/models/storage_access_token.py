# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""StorageAccessToken: see the class."""

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
    read_unusual,
    unknown_fields,
    wire_values,
)
from .cloud_provider import CloudProvider, read_cloud_provider
from .rescale_region import RescaleRegion, read_rescale_region


@attrs.define(kw_only=True, repr=False)
class StorageAccessToken(Model):
    """Temporary credentials for a cloud provider's object storage, with the place that they are good for."""

    credentials: dict[str, str] | None = None
    """The credentials by name, all secret. On AWS the names are those of its environment variables; the
    names on other clouds are not documented by the service.
    """
    expiration: datetime | str | None = None
    """Time at which the credentials end."""
    project_id: str | None = None
    """Identifier of the project."""
    project_shared_storage_path: str | None = None
    """URL of the folder that all tasks of the project share."""
    provider: CloudProvider | str | None = None
    """Cloud provider of the storage."""
    region: RescaleRegion | str | None = None
    """Region of the storage."""
    storage_name: str | None = None
    """Name of the storage, such as a bucket."""
    user: str | None = None
    """User in whose name the credentials act, as the provider knows it."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "credentials": "credentials",
        "expiration": "expiration",
        "projectId": "project_id",
        "projectSharedStoragePath": "project_shared_storage_path",
        "provider": "provider",
        "region": "region",
        "storageName": "storage_name",
        "user": "user",
    }
    SENSITIVE: ClassVar[frozenset[str]] = frozenset(
        {
            "credentials",
        }
    )

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.credentials = get("credentials")
        model.project_id = get("projectId")
        model.project_shared_storage_path = get("projectSharedStoragePath")
        model.provider = read_cloud_provider(get("provider"))
        model.region = read_rescale_region(get("region"))
        model.storage_name = get("storageName")
        model.user = get("user")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        try:
            model.expiration = moments[get("expiration")]
        except UNUSUAL:
            read_unusual(model, data, _TIMESTAMPS)
        return model


read_storage_access_token = model_reader(StorageAccessToken)
_LAYOUTS = Layouts(StorageAccessToken.WIRE_NAMES)
_TIMESTAMPS = ("expiration",)
