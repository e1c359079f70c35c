# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from datetime import datetime

from ..types import Model, field


class TaskRetentionPolicy(Model):
    """When tasks of a project are archived and deleted automatically."""

    archive_after: int = field("archiveAfter")
    """Idle time in hours until an active task is archived automatically. 0 switches this off."""
    created_at: datetime | None = field("createdAt", default=None)
    """Time of creation."""
    delete_after: int = field("deleteAfter")
    """Grace period in hours between archiving and automatic deletion, during which a task can be brought
    back. 0 switches deletion off.
    """
    project_id: str | None = field("projectId", default=None)
    """Identifier of the project."""
