# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from datetime import datetime

from ..types import Model, field
from .modifier_role import ModifierRole


class HTCProjectLimit(Model):
    """A limit of a project."""

    created_at: datetime | None = field("createdAt", default=None)
    """Time of creation."""
    created_by: str | None = field("createdBy", default=None)
    """Identifier of the user who created it."""
    id: int | None = field("id", default=None)
    """Number of the limit, used in its path."""
    modifier_role: ModifierRole | str | None = field("modifierRole", default=None)
    """Role in whose name the limit was set."""
    project_id: str | None = field("projectId", default=None)
    """Identifier of the project."""
    updated_at: datetime | None = field("updatedAt", default=None)
    """Time of the last change."""
    updated_by: str | None = field("updatedBy", default=None)
    """Identifier of the user who last changed it."""
    vcpus: int = field("vCPUs")
    """Number of vCPUs that all jobs together may use at the same time, 0 to 999999."""
    workspace_id: str | None = field("workspaceId", default=None)
    """Identifier of the workspace."""
