# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks/{taskId}/jobs/{jobId}/logs: Read the output of a job"""

from __future__ import annotations

from ...client import Call, Route, page_decoder, query, segment
from ...models.htc_job_logs import HTCJobLogs
from ...models.log_order import LogOrder

ROUTE: Route[HTCJobLogs] = Route(
    operation_id="listJobLogs",
    function="get_htc_projects_tasks_jobs_logs",
    method="GET",
    path="/htc/projects/{projectId}/tasks/{taskId}/jobs/{jobId}/logs",
    authorization="bearer",
    accept="application/json",
    decode=page_decoder(HTCJobLogs),
)


def call(
    project_id: str,
    task_id: str,
    job_id: str,
    *,
    page_index: str | None = None,
    page_size: int | None = None,
    sort: LogOrder | str | None = None,
) -> Call[HTCJobLogs]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_tasks_jobs_logs`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}/jobs/{segment('job_id', job_id)}/logs"
        + query(("pageIndex", page_index), ("pageSize", page_size), ("sort", sort)),
    )
