# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""PUT /htc/workspaces/{workspaceId}/task-retention-policy: Set the task retention policy of a
workspace
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...client import Call, Route, object_decoder, segment
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
    """Build a call of this route; see :func:`~rescalehtc.api.put_htc_task_retention_policy`."""
    return Call(
        ROUTE,
        f"/htc/workspaces/{segment('workspace_id', workspace_id)}/task-retention-policy",
        body=encode_json(payload),
    )
