# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks/{taskId}/storage/tokens: Get storage credentials for a task in
all regions
"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.storage_access_tokens import StorageAccessTokens

ROUTE: Route[StorageAccessTokens] = Route(
    operation_id="listTaskStorageTokens",
    function="get_htc_projects_tasks_storage_tokens",
    method="GET",
    path="/htc/projects/{projectId}/tasks/{taskId}/storage/tokens",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(StorageAccessTokens),
)


def call(
    project_id: str,
    task_id: str,
) -> Call[StorageAccessTokens]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_tasks_storage_tokens`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}/storage/tokens",
    )
