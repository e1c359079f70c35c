# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks/{taskId}/groups: List the job groups of a task"""

from __future__ import annotations

from ...client import Call, Route, list_decoder, query, segment

ROUTE: Route[list[str]] = Route(
    operation_id="listGroups",
    function="get_htc_projects_tasks_groups",
    method="GET",
    path="/htc/projects/{projectId}/tasks/{taskId}/groups",
    authorization="bearer",
    accept="application/json",
    decode=list_decoder(str),
)


def call(
    project_id: str,
    task_id: str,
    *,
    page_index: str | None = None,
    page_size: int | None = None,
) -> Call[list[str]]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_tasks_groups`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}/groups"
        + query(("pageIndex", page_index), ("pageSize", page_size)),
    )
