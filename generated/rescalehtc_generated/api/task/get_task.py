# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks/{taskId}: Get a task"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.htc_task import HTCTask

ROUTE: Route[HTCTask] = Route(
    operation_id="getTask",
    function="get_htc_projects_tasks",
    method="GET",
    path="/htc/projects/{projectId}/tasks/{taskId}",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(HTCTask),
)


def call(
    project_id: str,
    task_id: str,
) -> Call[HTCTask]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_tasks`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}",
    )
