# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks: List the tasks of a project"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    page_decoder,
    query,
    segment,
)
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
    """A call of ``GET /htc/projects/{projectId}/tasks``.

    Returns all tasks of the project. Deleted tasks may remain in the list for a time, in state DELETED.

    Args:
        project_id: Identifier of the project.
        page_index: Cursor of the page to return. Opaque: take it from the `next` of the page before,
            never build it. If omitted, the first page.
        page_size: Largest number of items in one page. Default 100; a page may hold fewer. The upper
            bound is not documented by the service.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks"
        + query(
            ("pageIndex", page_index),
            ("pageSize", page_size),
        ),
    )
