# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/dimensions: List the compute environments of a project"""

from __future__ import annotations

from ...client import Call, Route, list_decoder, segment
from ...models.htc_compute_environment import HTCComputeEnvironment

ROUTE: Route[list[HTCComputeEnvironment]] = Route(
    operation_id="getProjectDimensions",
    function="get_htc_projects_dimensions",
    method="GET",
    path="/htc/projects/{projectId}/dimensions",
    authorization="bearer",
    accept="application/json",
    decode=list_decoder(HTCComputeEnvironment),
)


def call(
    project_id: str,
) -> Call[list[HTCComputeEnvironment]]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_dimensions`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/dimensions",
    )
