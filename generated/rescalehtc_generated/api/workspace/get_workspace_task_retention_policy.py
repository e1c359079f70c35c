# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/workspaces/{workspaceId}/task-retention-policy: Get the task retention policy of a
workspace
"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.workspace_task_retention_policy import WorkspaceTaskRetentionPolicy

ROUTE: Route[WorkspaceTaskRetentionPolicy] = Route(
    operation_id="getWorkspaceTaskRetentionPolicy",
    function="get_htc_task_retention_policy",
    method="GET",
    path="/htc/workspaces/{workspaceId}/task-retention-policy",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(WorkspaceTaskRetentionPolicy),
)


def call(
    workspace_id: str,
) -> Call[WorkspaceTaskRetentionPolicy]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_task_retention_policy`."""
    return Call(
        ROUTE,
        f"/htc/workspaces/{segment('workspace_id', workspace_id)}/task-retention-policy",
    )
