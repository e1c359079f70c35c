# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""PUT /htc/workspaces/{workspaceId}/task-retention-policy: Set the task retention policy of a
workspace
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...client import (
    Call,
    Route,
    object_decoder,
    segment,
)
from ...json_codec import encode_json
from ...models.workspace_task_retention_policy import WorkspaceTaskRetentionPolicy

ROUTE: Route[WorkspaceTaskRetentionPolicy] = Route(
    operation_id="replaceWorkspaceTaskRetentionPolicy",
    function="put_htc_task_retention_policy",
    method="PUT",
    path="/htc/workspaces/{workspaceId}/task-retention-policy",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(WorkspaceTaskRetentionPolicy),
)


def call(
    workspace_id: str,
    payload: WorkspaceTaskRetentionPolicy | Mapping[str, Any],
) -> Call[WorkspaceTaskRetentionPolicy]:
    """A call of ``PUT /htc/workspaces/{workspaceId}/task-retention-policy``.

    Sets or replaces the policy for all projects of the workspace that have none of their own. A value
    of 0 switches that part off. Sending the same body twice leaves the same result. When the service
    answers 405 is not documented.

    Args:
        workspace_id: Identifier of the workspace, as in the `workspaceId` claim of a bearer token.
        payload: The body: a model, or plain JSON.
    """
    return Call(
        ROUTE,
        f"/htc/workspaces/{segment('workspace_id', workspace_id)}/task-retention-policy",
        body=encode_json(payload),
    )
