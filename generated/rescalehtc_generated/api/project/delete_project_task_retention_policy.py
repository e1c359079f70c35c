# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""DELETE /htc/projects/{projectId}/task-retention-policy: Delete the task retention policy of a
project
"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    decode_nothing,
    segment,
)

ROUTE: Route[None] = Route(
    operation_id="deleteProjectTaskRetentionPolicy",
    function="delete_htc_projects_task_retention_policy",
    method="DELETE",
    path="/htc/projects/{projectId}/task-retention-policy",
    authorization="bearer",
    accept=None,
    decode=decode_nothing,
)


def call(
    project_id: str,
) -> Call[None]:
    """A call of ``DELETE /htc/projects/{projectId}/task-retention-policy``.

    Removes the project's own policy. From then on the workspace's policy applies; without one, tasks
    are neither archived nor deleted automatically. Returns no body.

    Args:
        project_id: Identifier of the project.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/task-retention-policy",
    )
