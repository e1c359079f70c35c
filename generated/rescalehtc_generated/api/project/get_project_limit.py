# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/limits/{id}: Get one limit of a project"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.htc_project_limit import HTCProjectLimit

ROUTE: Route[HTCProjectLimit] = Route(
    operation_id="getProjectLimit",
    function="get_htc_projects_limits",
    method="GET",
    path="/htc/projects/{projectId}/limits/{id}",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(HTCProjectLimit),
)


def call(
    project_id: str,
    id: int,
) -> Call[HTCProjectLimit]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_limits`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/limits/{segment('id', id)}",
    )
