# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCProject: see the class."""

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
    read_list,
    read_unusual,
    unknown_fields,
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
        get = data.get
        model = cls.__new__(cls)
        model.container_registry = get("containerRegistry")
        model.created_by = get("createdBy")
        model.organization_code = get("organizationCode")
        model.project_description = get("projectDescription", ABSENT)
        model.project_folder_path = get("projectFolderPath")
        model.project_id = get("projectId", ABSENT)
        model.project_name = get("projectName", ABSENT)
        model.region_settings = read_list(read_htc_region_settings, get("regionSettings"))
        model.regions = read_list(read_rescale_region, get("regions"))
        model.repositories = get("repositories")
        model.workspace_id = get("workspaceId")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        try:
            model.created_at = moments[get("createdAt")]
        except UNUSUAL:
            read_unusual(model, data, _TIMESTAMPS)
        return model


read_htc_project = model_reader(HTCProject)
_LAYOUTS = Layouts(HTCProject.WIRE_NAMES)
_TIMESTAMPS = ("createdAt",)
