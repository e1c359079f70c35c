# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/limits: List the limits of a project"""

from __future__ import annotations

from ...client import Call, Route, list_decoder, segment
from ...models.htc_project_limit import HTCProjectLimit

ROUTE: Route[list[HTCProjectLimit]] = Route(
    operation_id="listProjectLimits",
    function="get_htc_projects_limits",
    method="GET",
    path="/htc/projects/{projectId}/limits",
    authorization="bearer",
    accept="application/json",
    decode=list_decoder(HTCProjectLimit),
)


def call(
    project_id: str,
) -> Call[list[HTCProjectLimit]]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_limits`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/limits",
    )
