# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""PUT /htc/projects/{projectId}/task-retention-policy: Set the task retention policy of a project"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...client import Call, Route, object_decoder, segment
from ...json_codec import encode_json
from ...models.task_retention_policy import TaskRetentionPolicy

ROUTE: Route[TaskRetentionPolicy] = Route(
    operation_id="replaceProjectTaskRetentionPolicy",
    function="put_htc_projects_task_retention_policy",
    method="PUT",
    path="/htc/projects/{projectId}/task-retention-policy",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(TaskRetentionPolicy),
)


def call(
    project_id: str,
    payload: TaskRetentionPolicy | Mapping[str, Any],
) -> Call[TaskRetentionPolicy]:
    """Build a call of this route; see :func:`~rescalehtc.api.put_htc_projects_task_retention_policy`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/task-retention-policy",
        body=encode_json(payload),
    )
