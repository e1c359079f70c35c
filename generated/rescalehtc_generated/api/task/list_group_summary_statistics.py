# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks/{taskId}/group-summary-statistics: Count the jobs of a task by
group and status
"""

from __future__ import annotations

from collections.abc import Sequence

from ...client import (
    Call,
    Route,
    page_decoder,
    query,
    segment,
)
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
    """A call of ``GET /htc/projects/{projectId}/tasks/{taskId}/group-summary-statistics``.

    Returns the number of jobs in each status, one entry for each group of the task. Cheaper than
    listing the jobs.

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        group: Keep only these groups. May be given several times; omit it to keep all.
        page_index: Cursor of the page to return. Opaque: take it from the `next` of the page before,
            never build it. If omitted, the first page.
        page_size: Largest number of items in one page. Default 100; a page may hold fewer. The upper
            bound is not documented by the service.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}/group-summary-statistics"
        + query(
            ("group", group),
            ("pageIndex", page_index),
            ("pageSize", page_size),
        ),
    )
