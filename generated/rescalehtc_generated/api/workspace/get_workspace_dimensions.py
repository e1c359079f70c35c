# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/workspaces/{workspaceId}/dimensions: List the compute environments of a workspace"""

from __future__ import annotations

from ...client import Call, Route, list_decoder, segment
from ...models.htc_compute_environment import HTCComputeEnvironment

ROUTE: Route[list[HTCComputeEnvironment]] = Route(
    operation_id="getWorkspaceDimensions",
    function="get_htc_workspaces_dimensions",
    method="GET",
    path="/htc/workspaces/{workspaceId}/dimensions",
    authorization="bearer",
    accept="application/json",
    decode=list_decoder(HTCComputeEnvironment),
)


def call(
    workspace_id: str,
) -> Call[list[HTCComputeEnvironment]]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_workspaces_dimensions`."""
    return Call(
        ROUTE,
        f"/htc/workspaces/{segment('workspace_id', workspace_id)}/dimensions",
    )
