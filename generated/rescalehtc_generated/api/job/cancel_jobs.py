# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""POST /htc/projects/{projectId}/tasks/{taskId}/jobs/cancel: Cancel the jobs of a task"""

from __future__ import annotations

from ...client import Call, Route, decode_nothing, query, segment

ROUTE: Route[None] = Route(
    operation_id="cancelJobs",
    function="post_htc_projects_tasks_jobs_cancel",
    method="POST",
    path="/htc/projects/{projectId}/tasks/{taskId}/jobs/cancel",
    authorization="bearer",
    accept=None,
    decode=decode_nothing,
)


def call(
    project_id: str,
    task_id: str,
    *,
    group: str | None = None,
) -> Call[None]:
    """Build a call of this route; see :func:`~rescalehtc.api.post_htc_projects_tasks_jobs_cancel`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}/jobs/cancel"
        + query(("group", group)),
    )
