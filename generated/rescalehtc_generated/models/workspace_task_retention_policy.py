# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""WorkspaceTaskRetentionPolicy: see the class."""

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


@attrs.define(kw_only=True, repr=False)
class WorkspaceTaskRetentionPolicy(Model):
    """When tasks are archived and deleted automatically in projects without a policy of their own."""

    archive_after: int
    """Idle time in hours until an active task is archived automatically. 0 switches this off."""
    created_at: datetime | str | None = None
    """Time of creation."""
    delete_after: int
    """Grace time in hours between archiving and automatic deletion, during which a task can be brought
    back. 0 switches deletion off.
    """
    workspace_id: str | None = None
    """Identifier of the workspace."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "archiveAfter": "archive_after",
        "createdAt": "created_at",
        "deleteAfter": "delete_after",
        "workspaceId": "workspace_id",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.archive_after = get("archiveAfter", ABSENT)
        model.delete_after = get("deleteAfter", ABSENT)
        model.workspace_id = get("workspaceId")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        try:
            model.created_at = moments[get("createdAt")]
        except UNUSUAL:
            read_unusual(model, data, _TIMESTAMPS)
        return model


read_workspace_task_retention_policy = model_reader(WorkspaceTaskRetentionPolicy)
_LAYOUTS = Layouts(WorkspaceTaskRetentionPolicy.WIRE_NAMES)
_TIMESTAMPS = ("createdAt",)
