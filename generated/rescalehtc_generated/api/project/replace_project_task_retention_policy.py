# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""PUT /htc/projects/{projectId}/task-retention-policy: Set the task retention policy of a project"""

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
from ...models.task_retention_policy import TaskRetentionPolicy

ROUTE: Route[TaskRetentionPolicy] = Route(
    operation_id="replaceProjectTaskRetentionPolicy",
    function="put_htc_projects_task_retention_policy",
    method="PUT",
    path="/htc/projects/{projectId}/task-retention-policy",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(TaskRetentionPolicy),
)


def call(
    project_id: str,
    payload: TaskRetentionPolicy | Mapping[str, Any],
) -> Call[TaskRetentionPolicy]:
    """A call of ``PUT /htc/projects/{projectId}/task-retention-policy``.

    Sets or replaces the project's own policy, which takes precedence over the workspace's. A value of 0
    switches that part off for the project, whatever the workspace says. Requires the role of a project
    administrator; sending the same body twice leaves the same result.

    Args:
        project_id: Identifier of the project.
        payload: The body: a model, or plain JSON.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/task-retention-policy",
        body=encode_json(payload),
    )
