# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""StorageAccessToken: see the class."""

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
    read_surprising,
    unknown_fields,
    wire_names,
    wire_values,
)
from .cloud_provider import CloudProvider, cloud_provider_members, read_cloud_provider
from .rescale_region import RescaleRegion, read_rescale_region, rescale_region_members


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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 8 else _NAMES | data
        try:
            (
                model.credentials,
                model.expiration,
                model.project_id,
                model.project_shared_storage_path,
                model.provider,
                model.region,
                model.storage_name,
                model.user,
            ) = _values(sent)
            model.expiration = moments[model.expiration]
            model.provider = cloud_provider_members[model.provider]
            model.region = rescale_region_members[model.region]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_storage_access_token = model_reader(StorageAccessToken)
_NAMES = wire_names(StorageAccessToken)
_LAYOUTS = Layouts(StorageAccessToken.WIRE_NAMES)
_values = itemgetter(*_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "expiration": read_datetime,
        "provider": read_cloud_provider,
        "region": read_rescale_region,
    }
