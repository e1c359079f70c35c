# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCTask: see the class."""

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
    read_surprising,
    unknown_fields,
    wire_names,
    wire_values,
)
from .lifecycle_status import LifecycleStatus, lifecycle_status_members, read_lifecycle_status


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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 12 else _NAMES | data
        try:
            (
                model.archived_at,
                model.created_at,
                model.created_by,
                model.deleted_at,
                model.last_active_at,
                model.lifecycle_status,
                model.project_id,
                model.task_description,
                model.task_folder_path,
                model.task_id,
                model.task_name,
                model.workspace_id,
            ) = _values(sent)
            model.archived_at = moments[model.archived_at]
            model.created_at = moments[model.created_at]
            model.deleted_at = moments[model.deleted_at]
            model.last_active_at = moments[model.last_active_at]
            model.lifecycle_status = lifecycle_status_members[model.lifecycle_status]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_task = model_reader(HTCTask)
_NAMES = wire_names(HTCTask)
_LAYOUTS = Layouts(HTCTask.WIRE_NAMES)
_values = itemgetter(*_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "archivedAt": read_datetime,
        "createdAt": read_datetime,
        "deletedAt": read_datetime,
        "lastActiveAt": read_datetime,
        "lifecycleStatus": read_lifecycle_status,
    }
