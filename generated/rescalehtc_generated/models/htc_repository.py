# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class HTCRepository(Model):
    """A repository in a project's container registry."""

    created_by: str | None = field("createdBy", default=None)
    """Identifier of the user who created it."""
    project_id: str | None = field("projectId", default=None)
    """Identifier of the project."""
    registry_uri: str | None = field("registryURI", default=None)
    """Address under which images can be pushed."""
    repository_name: str | None = field("repositoryName", default=None)
    """Name of the repository."""
    successfully_created: bool | None = field("successfullyCreated", default=None)
    """True when this call created the repository, false when it existed already."""
    workspace_id: str | None = field("workspaceId", default=None)
    """Identifier of the workspace."""
