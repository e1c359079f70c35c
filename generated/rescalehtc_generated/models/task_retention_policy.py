# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""TaskRetentionPolicy: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Self, cast

import attrs

from ..types import (
    Model,
    model_reader,
    read_datetime,
    remember,
    unknown_fields,
    wire_values,
)


@attrs.define(kw_only=True, repr=False)
class TaskRetentionPolicy(Model):
    """When tasks of a project are archived and deleted automatically."""

    archive_after: int
    """Idle time in hours until an active task is archived automatically. 0 switches this off."""
    created_at: datetime | str | None = None
    """Time of creation."""
    delete_after: int
    """Grace time in hours between archiving and automatic deletion, during which a task can be brought
    back. 0 switches deletion off.
    """
    project_id: str | None = None
    """Identifier of the project."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "archiveAfter": "archive_after",
        "createdAt": "created_at",
        "deleteAfter": "delete_after",
        "projectId": "project_id",
    }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.archive_after = get("archiveAfter")
        model.created_at = read_datetime(get("createdAt"))
        model.delete_after = get("deleteAfter")
        model.project_id = get("projectId")
        remember(model, data, _NAMES, _TIMESTAMPS)
        return model


read_task_retention_policy = model_reader(TaskRetentionPolicy)
_NAMES = frozenset(TaskRetentionPolicy.WIRE_NAMES)
_TIMESTAMPS = ("createdAt",)
