# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""DELETE /htc/projects/{projectId}/tasks/{taskId}: Delete a task"""

from __future__ import annotations

from ...client import Call, Route, decode_nothing, segment

ROUTE: Route[None] = Route(
    operation_id="deleteTask",
    function="delete_htc_projects_tasks",
    method="DELETE",
    path="/htc/projects/{projectId}/tasks/{taskId}",
    authorization="bearer",
    accept=None,
    decode=decode_nothing,
)


def call(
    project_id: str,
    task_id: str,
) -> Call[None]:
    """Build a call of this route; see :func:`~rescalehtc.api.delete_htc_projects_tasks`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}",
    )
