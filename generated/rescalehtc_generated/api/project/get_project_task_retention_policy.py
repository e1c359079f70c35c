# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/task-retention-policy: Get the task retention policy of a project"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.task_retention_policy import TaskRetentionPolicy

ROUTE: Route[TaskRetentionPolicy] = Route(
    operation_id="getProjectTaskRetentionPolicy",
    function="get_htc_projects_task_retention_policy",
    method="GET",
    path="/htc/projects/{projectId}/task-retention-policy",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(TaskRetentionPolicy),
)


def call(
    project_id: str,
) -> Call[TaskRetentionPolicy]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_task_retention_policy`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/task-retention-policy",
    )
