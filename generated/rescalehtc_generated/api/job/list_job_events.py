# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks/{taskId}/jobs/{jobId}/events: List the status changes of a job"""

from __future__ import annotations

from ...client import Call, Route, page_decoder, query, segment
from ...models.htc_job_status_events import HTCJobStatusEvents

ROUTE: Route[HTCJobStatusEvents] = Route(
    operation_id="listJobEvents",
    function="get_htc_projects_tasks_jobs_events",
    method="GET",
    path="/htc/projects/{projectId}/tasks/{taskId}/jobs/{jobId}/events",
    authorization="bearer",
    accept="application/json",
    decode=page_decoder(HTCJobStatusEvents),
)


def call(
    project_id: str,
    task_id: str,
    job_id: str,
    *,
    page_index: str | None = None,
    page_size: int | None = None,
) -> Call[HTCJobStatusEvents]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_tasks_jobs_events`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}/jobs/{segment('job_id', job_id)}/events"
        + query(("pageIndex", page_index), ("pageSize", page_size)),
    )
