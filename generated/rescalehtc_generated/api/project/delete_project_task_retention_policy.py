# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""DELETE /htc/projects/{projectId}/task-retention-policy: Delete the task retention policy of a
project
"""

from __future__ import annotations

from ...client import Call, Route, decode_nothing, segment

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
    """Build a call of this route; see :func:`~rescalehtc.api.delete_htc_projects_task_retention_policy`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/task-retention-policy",
    )
