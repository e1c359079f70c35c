# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks/{taskId}/group-summary-statistics: Count the jobs of a task by
group and status
"""

from __future__ import annotations

from collections.abc import Sequence

from ...client import Call, Route, page_decoder, query, segment
from ...models.job_status_summary_page import JobStatusSummaryPage

ROUTE: Route[JobStatusSummaryPage] = Route(
    operation_id="listGroupSummaryStatistics",
    function="get_htc_projects_tasks_group_summary_statistics",
    method="GET",
    path="/htc/projects/{projectId}/tasks/{taskId}/group-summary-statistics",
    authorization="bearer",
    accept="application/json",
    decode=page_decoder(JobStatusSummaryPage),
)


def call(
    project_id: str,
    task_id: str,
    *,
    group: Sequence[str] | None = None,
    page_index: str | None = None,
    page_size: int | None = None,
) -> Call[JobStatusSummaryPage]:
    """Build a call of this route; see
    :func:`~rescalehtc.api.get_htc_projects_tasks_group_summary_statistics`.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}/group-summary-statistics"
        + query(("group", group), ("pageIndex", page_index), ("pageSize", page_size)),
    )
