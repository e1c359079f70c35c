# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}: Get a project"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.htc_project import HTCProject

ROUTE: Route[HTCProject] = Route(
    operation_id="getProject",
    function="get_htc_projects",
    method="GET",
    path="/htc/projects/{projectId}",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(HTCProject),
)


def call(
    project_id: str,
) -> Call[HTCProject]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}",
    )
