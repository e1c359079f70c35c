# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/task-retention-policy: Get the task retention policy of a project"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    object_decoder,
    segment,
)
from ...models.task_retention_policy import TaskRetentionPolicy

ROUTE: Route[TaskRetentionPolicy] = Route(
    operation_id="getProjectTaskRetentionPolicy",
    function="get_htc_projects_task_retention_policy",
    method="GET",
    path="/htc/projects/{projectId}/task-retention-policy",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(TaskRetentionPolicy),
)


def call(
    project_id: str,
) -> Call[TaskRetentionPolicy]:
    """A call of ``GET /htc/projects/{projectId}/task-retention-policy``.

    Returns after how many idle hours the project's tasks are archived (`archiveAfter`), and for how
    many hours archived ones are kept before they are deleted (`deleteAfter`); in this grace period a
    task can be unarchived. 0 switches either of them off. A 404 means that the project has no policy of
    its own and that the workspace's policy applies.

    Args:
        project_id: Identifier of the project.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/task-retention-policy",
    )
