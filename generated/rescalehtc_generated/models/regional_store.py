# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""RegionalStore: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..types import (
    Json,
    Layouts,
    Model,
    model_reader,
    unknown_fields,
    wire_values,
)
from .cloud_provider import CloudProvider, read_cloud_provider
from .rescale_region import RescaleRegion, read_rescale_region


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
        get = data.get
        model = cls.__new__(cls)
        model.credentials = get("credentials")
        model.project_path = get("projectPath")
        model.provider = read_cloud_provider(get("provider"))
        model.region = read_rescale_region(get("region"))
        model.task_path = get("taskPath")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_regional_store = model_reader(RegionalStore)
_LAYOUTS = Layouts(RegionalStore.WIRE_NAMES)
