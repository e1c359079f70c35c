# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCTask: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Self, cast

import attrs

from ..types import (
    ABSENT,
    Model,
    model_reader,
    read_datetime,
    remember,
    unknown_fields,
    wire_values,
)
from .lifecycle_status import LifecycleStatus, read_lifecycle_status


@attrs.define(kw_only=True, repr=False)
class HTCTask(Model):
    """A task. Name and description are what a request must hold; the read-only fields are filled in by the
    service.
    """

    archived_at: datetime | str | None = None
    """Time at which the task was archived, null before."""
    created_at: datetime | str | None = None
    """Time of creation."""
    created_by: str | None = None
    """Identifier of the user who created it."""
    deleted_at: datetime | str | None = None
    """Time at which the task was deleted, null before."""
    last_active_at: datetime | str | None = None
    """Time of the last activity. What counts as activity is not documented by the service."""
    lifecycle_status: LifecycleStatus | str = ABSENT
    """State of the task."""
    project_id: str = ABSENT
    """Identifier of the project that holds the task."""
    task_description: str
    """What the task is for, free text."""
    task_folder_path: str | None = None
    """Path of the task's folder in the storage."""
    task_id: str = ABSENT
    """Identifier of the task, given by the service."""
    task_name: str
    """Name of the task; need not be unique."""
    workspace_id: str | None = None
    """Identifier of the workspace."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "archivedAt": "archived_at",
        "createdAt": "created_at",
        "createdBy": "created_by",
        "deletedAt": "deleted_at",
        "lastActiveAt": "last_active_at",
        "lifecycleStatus": "lifecycle_status",
        "projectId": "project_id",
        "taskDescription": "task_description",
        "taskFolderPath": "task_folder_path",
        "taskId": "task_id",
        "taskName": "task_name",
        "workspaceId": "workspace_id",
    }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.archived_at = read_datetime(get("archivedAt"))
        model.created_at = read_datetime(get("createdAt"))
        model.created_by = get("createdBy")
        model.deleted_at = read_datetime(get("deletedAt"))
        model.last_active_at = read_datetime(get("lastActiveAt"))
        model.lifecycle_status = read_lifecycle_status(get("lifecycleStatus"))
        model.project_id = get("projectId")
        model.task_description = get("taskDescription")
        model.task_folder_path = get("taskFolderPath")
        model.task_id = get("taskId")
        model.task_name = get("taskName")
        model.workspace_id = get("workspaceId")
        remember(model, data, _NAMES, _TIMESTAMPS)
        return model


read_htc_task = model_reader(HTCTask)
_NAMES = frozenset(HTCTask.WIRE_NAMES)
_TIMESTAMPS = (
    "archivedAt",
    "createdAt",
    "deletedAt",
    "lastActiveAt",
)
