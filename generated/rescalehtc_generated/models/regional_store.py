# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""RegionalStore: see the class."""

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
    read_surprising,
    unknown_fields,
    wire_names,
    wire_values,
)
from .cloud_provider import CloudProvider, cloud_provider_members, read_cloud_provider
from .rescale_region import RescaleRegion, read_rescale_region, rescale_region_members


@attrs.define(kw_only=True, repr=False)
class RegionalStore(Model):
    """Storage of a task in one region, with credentials."""

    credentials: dict[str, str] | None = None
    """The credentials by name, all secret. On AWS the names are those of its environment variables; the
    names on other clouds are not documented by the service.
    """
    project_path: str | None = None
    """Where the project keeps its files."""
    provider: CloudProvider | str | None = None
    """Cloud provider of the storage."""
    region: RescaleRegion | str | None = None
    """Region of the storage."""
    task_path: str | None = None
    """Where the task keeps its files."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "credentials": "credentials",
        "projectPath": "project_path",
        "provider": "provider",
        "region": "region",
        "taskPath": "task_path",
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
        sent = data if len(data) == 5 else _NAMES | data
        try:
            model.credentials = sent["credentials"]
            model.project_path = sent["projectPath"]
            model.provider = cloud_provider_members[sent["provider"]]
            model.region = rescale_region_members[sent["region"]]
            model.task_path = sent["taskPath"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_regional_store = model_reader(RegionalStore)
_NAMES = wire_names(RegionalStore)
_LAYOUTS = Layouts(RegionalStore.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "provider": read_cloud_provider,
        "region": read_rescale_region,
    }
