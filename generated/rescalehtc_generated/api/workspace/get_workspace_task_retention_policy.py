# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/workspaces/{workspaceId}/task-retention-policy: Get the task retention policy of a
workspace
"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    object_decoder,
    segment,
)
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
    """A call of ``GET /htc/workspaces/{workspaceId}/task-retention-policy``.

    Returns after how many hours idle tasks are archived and archived ones deleted in projects that have
    no policy of their own. A 404 means that no policy is set.

    Args:
        workspace_id: Identifier of the workspace, as in the `workspaceId` claim of a bearer token.
    """
    return Call(
        ROUTE,
        f"/htc/workspaces/{segment('workspace_id', workspace_id)}/task-retention-policy",
    )
