# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks/{taskId}/groups: List the job groups of a task"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    list_decoder,
    query,
    segment,
)

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
    """A call of ``GET /htc/projects/{projectId}/tasks/{taskId}/groups``.

    Returns the names of the groups that jobs of the task were submitted under, as a plain array rather
    than a page. The route still takes `pageIndex` and `pageSize`; how to reach further parts of the
    list is not documented by the service.

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        page_index: Cursor of the page to return. Opaque: take it from the `next` of the page before,
            never build it. If omitted, the first page.
        page_size: Largest number of items in one page. Default 100; a page may hold fewer. The upper
            bound is not documented by the service.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}/groups"
        + query(
            ("pageIndex", page_index),
            ("pageSize", page_size),
        ),
    )
