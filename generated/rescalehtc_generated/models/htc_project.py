# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from datetime import datetime

from ..types import ABSENT, Model, field
from .htc_region_settings import HTCRegionSettings
from .rescale_region import RescaleRegion


class HTCProject(Model):
    """A project. A request must hold name and description; the service fills in `projectId` and the other
    read-only fields.
    """

    container_registry: str | None = field("containerRegistry", default=None)
    """Address of the project's container registry, the prefix of repository names."""
    created_at: datetime | None = field("createdAt", default=None)
    """Time of creation."""
    created_by: str | None = field("createdBy", default=None)
    """Identifier of the user who created it."""
    organization_code: str | None = field("organizationCode", default=None)
    """Code of the organization, null if there is none."""
    project_description: str = field("projectDescription")
    """What the project is for, free text."""
    project_folder_path: str | None = field("projectFolderPath", default=None)
    """Path of the project's folder in the storage."""
    project_id: str = field("projectId", default=ABSENT)
    """Identifier of the project, given by the service."""
    project_name: str = field("projectName")
    """Name of the project."""
    region_settings: list[HTCRegionSettings] | None = field("regionSettings", default=None)
    """Which compute region goes with which storage region."""
    regions: list[RescaleRegion | str] | None = field("regions", default=None)
    """Regions of the project."""
    repositories: list[str] | None = field("repositories", default=None)
    """Names of the repositories in the project's registry."""
    workspace_id: str | None = field("workspaceId", default=None)
    """Identifier of the workspace that holds the project."""
