# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks/{taskId}/jobs: List the jobs of a task"""

from __future__ import annotations

from collections.abc import Sequence

from ...client import (
    Call,
    Route,
    page_decoder,
    query,
    segment,
)
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
    """A call of ``GET /htc/projects/{projectId}/tasks/{taskId}/jobs``.

    Returns all jobs of the task, or those with the given group, status or job identifiers. Statuses are
    refreshed about every 30 seconds, so polling faster shows nothing new; to follow progress, the
    summary statistics are cheaper. Jobs disappear 60 days after they end.

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        group: Name of a job group. Jobs submitted with it can be listed, counted and cancelled
            together.
        job_ids: Keep only jobs with these identifiers. May be given several times.
        page_index: Cursor of the page to return. Opaque: take it from the `next` of the page before,
            never build it. If omitted, the first page.
        page_size: Largest number of items in one page. Default 100; a page may hold fewer. The upper
            bound is not documented by the service.
        status: Keep only jobs in this status.
        view_type: How much of each job to return. Which fields SIMPLE omits, and the default, are not
            documented by the service.
    """
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
