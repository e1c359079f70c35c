# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects: List projects"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    page_decoder,
    query,
)
from ...models.htc_projects_response import HTCProjectsResponse

ROUTE: Route[HTCProjectsResponse] = Route(
    operation_id="listProjects",
    function="get_htc_projects",
    method="GET",
    path="/htc/projects",
    authorization="bearer",
    accept="application/json",
    decode=page_decoder(HTCProjectsResponse),
)


def call(
    *,
    only_my_projects: bool | None = None,
    page_index: str | None = None,
    page_size: int | None = None,
) -> Call[HTCProjectsResponse]:
    """A call of ``GET /htc/projects``.

    Returns all projects in the workspace that the caller can see. Their order is not documented by the
    service.

    Args:
        only_my_projects: When true, keep only the caller's own projects. What counts as own, and the
            default, are not documented by the service.
        page_index: Cursor of the page to return. Opaque: take it from the `next` of the page before,
            never build it. If omitted, the first page.
        page_size: Largest number of items in one page. Default 100; a page may hold fewer. The upper
            bound is not documented by the service.
    """
    return Call(
        ROUTE,
        "/htc/projects"
        + query(
            ("onlyMyProjects", only_my_projects),
            ("pageIndex", page_index),
            ("pageSize", page_size),
        ),
    )
