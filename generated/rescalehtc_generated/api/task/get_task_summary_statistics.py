# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks/{taskId}/summary-statistics: Count the jobs of a task by status"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.job_status_summary import JobStatusSummary

ROUTE: Route[JobStatusSummary] = Route(
    operation_id="getTaskSummaryStatistics",
    function="get_htc_projects_tasks_summary_statistics",
    method="GET",
    path="/htc/projects/{projectId}/tasks/{taskId}/summary-statistics",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(JobStatusSummary),
)


def call(
    project_id: str,
    task_id: str,
) -> Call[JobStatusSummary]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_tasks_summary_statistics`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}/summary-statistics",
    )
