# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""WorkspaceTaskRetentionPolicy: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

import attrs

from ..types import (
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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 4 else _NAMES | data
        try:
            model.archive_after = sent["archiveAfter"]
            model.created_at = moments[sent["createdAt"]]
            model.delete_after = sent["deleteAfter"]
            model.workspace_id = sent["workspaceId"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_workspace_task_retention_policy = model_reader(WorkspaceTaskRetentionPolicy)
_NAMES = wire_names(WorkspaceTaskRetentionPolicy)
_LAYOUTS = Layouts(WorkspaceTaskRetentionPolicy.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "createdAt": read_datetime,
    }
