# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/workspaces/{workspaceId}/limits: Get the limit of a workspace"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.htc_workspace_limit import HTCWorkspaceLimit

ROUTE: Route[HTCWorkspaceLimit] = Route(
    operation_id="getWorkspaceLimit",
    function="get_htc_workspaces_limits",
    method="GET",
    path="/htc/workspaces/{workspaceId}/limits",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(HTCWorkspaceLimit),
)


def call(
    workspace_id: str,
) -> Call[HTCWorkspaceLimit]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_workspaces_limits`."""
    return Call(
        ROUTE,
        f"/htc/workspaces/{segment('workspace_id', workspace_id)}/limits",
    )
