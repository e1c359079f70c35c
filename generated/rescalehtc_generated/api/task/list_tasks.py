# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks: List the tasks of a project"""

from __future__ import annotations

from ...client import Call, Route, page_decoder, query, segment
from ...models.htc_tasks_response import HTCTasksResponse

ROUTE: Route[HTCTasksResponse] = Route(
    operation_id="listTasks",
    function="get_htc_projects_tasks",
    method="GET",
    path="/htc/projects/{projectId}/tasks",
    authorization="bearer",
    accept="application/json",
    decode=page_decoder(HTCTasksResponse),
)


def call(
    project_id: str,
    *,
    page_index: str | None = None,
    page_size: int | None = None,
) -> Call[HTCTasksResponse]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_tasks`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks"
        + query(("pageIndex", page_index), ("pageSize", page_size)),
    )
