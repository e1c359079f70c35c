# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from datetime import datetime

from ..types import ABSENT, Model, field
from .lifecycle_status import LifecycleStatus


class HTCTask(Model):
    """A task. A request must hold name and description; the service fills in the read-only fields."""

    archived_at: datetime | None = field("archivedAt", default=None)
    """Time at which the task was archived, null before."""
    created_at: datetime | None = field("createdAt", default=None)
    """Time of creation."""
    created_by: str | None = field("createdBy", default=None)
    """Identifier of the user who created it."""
    deleted_at: datetime | None = field("deletedAt", default=None)
    """Time at which the task was deleted, null before."""
    last_active_at: datetime | None = field("lastActiveAt", default=None)
    """Time of the last activity. What counts as activity is not documented by the service."""
    lifecycle_status: LifecycleStatus | str = field("lifecycleStatus", default=ABSENT)
    """State of the task."""
    project_id: str = field("projectId", default=ABSENT)
    """Identifier of the project that holds the task."""
    task_description: str = field("taskDescription")
    """What the task is for, free text."""
    task_folder_path: str | None = field("taskFolderPath", default=None)
    """Path of the task's folder in the storage."""
    task_id: str = field("taskId", default=ABSENT)
    """Identifier of the task, given by the service."""
    task_name: str = field("taskName")
    """Name of the task; need not be unique."""
    workspace_id: str | None = field("workspaceId", default=None)
    """Identifier of the workspace."""
