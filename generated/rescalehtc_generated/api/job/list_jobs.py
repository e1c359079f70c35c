# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks/{taskId}/jobs: List the jobs of a task"""

from __future__ import annotations

from collections.abc import Sequence

from ...client import Call, Route, page_decoder, query, segment
from ...models.htc_jobs import HTCJobs
from ...models.rescale_job_status import RescaleJobStatus
from ...models.view_type import ViewType

ROUTE: Route[HTCJobs] = Route(
    operation_id="listJobs",
    function="get_htc_projects_tasks_jobs",
    method="GET",
    path="/htc/projects/{projectId}/tasks/{taskId}/jobs",
    authorization="bearer",
    accept="application/json",
    decode=page_decoder(HTCJobs),
)


def call(
    project_id: str,
    task_id: str,
    *,
    group: str | None = None,
    job_ids: Sequence[str] | None = None,
    page_index: str | None = None,
    page_size: int | None = None,
    status: RescaleJobStatus | str | None = None,
    view_type: ViewType | str | None = None,
) -> Call[HTCJobs]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_tasks_jobs`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}/jobs"
        + query(
            ("group", group),
            ("jobId", job_ids),
            ("pageIndex", page_index),
            ("pageSize", page_size),
            ("status", status),
            ("viewType", view_type),
        ),
    )
