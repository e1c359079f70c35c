# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks/{taskId}/jobs/{jobId}: Get a job"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.htc_job import HTCJob

ROUTE: Route[HTCJob] = Route(
    operation_id="getJob",
    function="get_htc_projects_tasks_jobs",
    method="GET",
    path="/htc/projects/{projectId}/tasks/{taskId}/jobs/{jobId}",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(HTCJob),
)


def call(
    project_id: str,
    task_id: str,
    job_id: str,
) -> Call[HTCJob]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_tasks_jobs`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}/jobs/{segment('job_id', job_id)}",
    )
