# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks/{taskId}/storage/regional-storage: Get the regional storage of a
task
"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.regional_storage_response import RegionalStorageResponse

ROUTE: Route[RegionalStorageResponse] = Route(
    operation_id="getTaskRegionalStorage",
    function="get_htc_projects_tasks_storage_regional_storage",
    method="GET",
    path="/htc/projects/{projectId}/tasks/{taskId}/storage/regional-storage",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(RegionalStorageResponse),
)


def call(
    project_id: str,
    task_id: str,
) -> Call[RegionalStorageResponse]:
    """Build a call of this route; see
    :func:`~rescalehtc.api.get_htc_projects_tasks_storage_regional_storage`.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}/storage/regional-storage",
    )
