# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/workspaces/{workspaceId}/limits: Get the limit of a workspace"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    object_decoder,
    segment,
)
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
    """A call of ``GET /htc/workspaces/{workspaceId}/limits``.

    Returns how many vCPUs all jobs of the workspace may use at the same time. Limits of a project apply
    in addition; the smallest one counts.

    Args:
        workspace_id: Identifier of the workspace, as in the `workspaceId` claim of a bearer token.
    """
    return Call(
        ROUTE,
        f"/htc/workspaces/{segment('workspace_id', workspace_id)}/limits",
    )
