# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .organization import Organization
from .workspace import Workspace


class RescaleUser(Model):
    """A user with roles, workspace and organization."""

    email: str | None = field("email", default=None)
    """E-mail address."""
    full_name: str | None = field("fullName", default=None)
    """Full name."""
    is_organization_admin: bool | None = field("isOrganizationAdmin", default=None)
    """Whether the user administers the organization."""
    is_rescale_admin: bool | None = field("isRescaleAdmin", default=None)
    """Whether the user administers Rescale itself."""
    is_superuser: bool | None = field("isSuperuser", default=None)
    """Whether the user is a superuser. What that allows is not documented by the service."""
    is_workspace_admin: bool | None = field("isWorkspaceAdmin", default=None)
    """Whether the user administers the workspace."""
    organization: Organization | None = field("organization", default=None)
    """Organization of the user."""
    organization_admin: bool | None = field("organizationAdmin", default=None)
    """Second name in the description of the service for `isOrganizationAdmin`."""
    rescale_admin: bool | None = field("rescaleAdmin", default=None)
    """Second name in the description of the service for `isRescaleAdmin`."""
    superuser: bool | None = field("superuser", default=None)
    """Second name in the description of the service for `isSuperuser`."""
    user_id: str | None = field("userId", default=None)
    """Identifier of the user, as found in `createdBy` fields."""
    workspace: Workspace | None = field("workspace", default=None)
    """Workspace of the credential."""
    workspace_admin: bool | None = field("workspaceAdmin", default=None)
    """Second name in the description of the service for `isWorkspaceAdmin`."""
