# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks/{taskId}/jobs/{jobId}: Get a job"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    object_decoder,
    segment,
)
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
    """A call of ``GET /htc/projects/{projectId}/tasks/{taskId}/jobs/{jobId}``.

    Returns one job with its definition, status and, once known, the machine it ran on. A job of a batch
    is addressed as `<parentJobId>:<index>`. A 404 means that the job does not exist, or no longer
    exists: jobs are deleted 60 days after they end.

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        job_id: Identifier of the job; a job of a batch is `<parentJobId>:<index>`.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}/jobs/{segment('job_id', job_id)}",
    )
