# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects: List projects"""

from __future__ import annotations

from ...client import Call, Route, page_decoder, query
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
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects`."""
    return Call(
        ROUTE,
        "/htc/projects"
        + query(("onlyMyProjects", only_my_projects), ("pageIndex", page_index), ("pageSize", page_size)),
    )
