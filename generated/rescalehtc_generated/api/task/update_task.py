# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""PATCH /htc/projects/{projectId}/tasks/{taskId}: Archive or restore a task"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...client import Call, Route, object_decoder, segment
from ...json_codec import encode_json
from ...models.htc_task import HTCTask
from ...models.htc_task_update import HTCTaskUpdate

ROUTE: Route[HTCTask] = Route(
    operation_id="updateTask",
    function="patch_htc_projects_tasks",
    method="PATCH",
    path="/htc/projects/{projectId}/tasks/{taskId}",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(HTCTask),
)


def call(
    project_id: str,
    task_id: str,
    payload: HTCTaskUpdate | Mapping[str, Any],
) -> Call[HTCTask]:
    """Build a call of this route; see :func:`~rescalehtc.api.patch_htc_projects_tasks`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}",
        body=encode_json(payload),
    )
