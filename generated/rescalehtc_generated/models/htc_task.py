# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCTask: see the class."""

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
    read_unusual,
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
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.created_by = get("createdBy")
        model.lifecycle_status = read_lifecycle_status(get("lifecycleStatus", ABSENT))
        model.project_id = get("projectId", ABSENT)
        model.task_description = get("taskDescription", ABSENT)
        model.task_folder_path = get("taskFolderPath")
        model.task_id = get("taskId", ABSENT)
        model.task_name = get("taskName", ABSENT)
        model.workspace_id = get("workspaceId")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        try:
            model.archived_at = moments[get("archivedAt")]
            model.created_at = moments[get("createdAt")]
            model.deleted_at = moments[get("deletedAt")]
            model.last_active_at = moments[get("lastActiveAt")]
        except UNUSUAL:
            read_unusual(model, data, _TIMESTAMPS)
        return model


read_htc_task = model_reader(HTCTask)
_LAYOUTS = Layouts(HTCTask.WIRE_NAMES)
_TIMESTAMPS = (
    "archivedAt",
    "createdAt",
    "deletedAt",
    "lastActiveAt",
)
