# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCProject: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any, ClassVar

import attrs

from ..types import (
    ABSENT,
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
from .htc_region_settings import HTCRegionSettings, read_htc_region_settings
from .rescale_region import RescaleRegion, read_rescale_region


@attrs.define(kw_only=True, repr=False)
class HTCProject(Model):
    """A project. Name and description are what a request must hold; `projectId` and the other read-only
    fields are filled in by the service.
    """

    container_registry: str | None = None
    """Address of the project's container registry, in front of repository names."""
    created_at: datetime | str | None = None
    """Time of creation."""
    created_by: str | None = None
    """Identifier of the user who created it."""
    organization_code: str | None = None
    """Code of the organization, null without one."""
    project_description: str
    """What the project is for, free text."""
    project_folder_path: str | None = None
    """Path of the project's folder in the storage."""
    project_id: str = ABSENT
    """Identifier of the project, given by the service."""
    project_name: str
    """Name of the project."""
    region_settings: list[HTCRegionSettings] | None = None
    """Which compute region goes with which storage region."""
    regions: list[RescaleRegion | str] | None = None
    """Regions of the project."""
    repositories: list[str] | None = None
    """Names of the repositories in the project's registry."""
    workspace_id: str | None = None
    """Identifier of the workspace that holds the project."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "containerRegistry": "container_registry",
        "createdAt": "created_at",
        "createdBy": "created_by",
        "organizationCode": "organization_code",
        "projectDescription": "project_description",
        "projectFolderPath": "project_folder_path",
        "projectId": "project_id",
        "projectName": "project_name",
        "regionSettings": "region_settings",
        "regions": "regions",
        "repositories": "repositories",
        "workspaceId": "workspace_id",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 12 else _NAMES | data
        try:
            (
                model.container_registry,
                model.created_at,
                model.created_by,
                model.organization_code,
                model.project_description,
                model.project_folder_path,
                model.project_id,
                model.project_name,
                model.region_settings,
                model.regions,
                model.repositories,
                model.workspace_id,
            ) = _values(sent)
            model.created_at = moments[model.created_at]
            model.region_settings = read_list(read_htc_region_settings, model.region_settings)
            model.regions = read_list(read_rescale_region, model.regions)
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_project = model_reader(HTCProject)
_NAMES = wire_names(HTCProject)
_LAYOUTS = Layouts(HTCProject.WIRE_NAMES)
_values = itemgetter(*_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "createdAt": read_datetime,
        "regionSettings": lambda item: read_list(read_htc_region_settings, item),
        "regions": lambda item: read_list(read_rescale_region, item),
    }
