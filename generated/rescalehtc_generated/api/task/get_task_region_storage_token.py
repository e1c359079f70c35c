# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks/{taskId}/storage/token/{region}: Get storage credentials for a
task in one region
"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.storage_access_token import StorageAccessToken
from ...models.supported_rescale_region import SupportedRescaleRegion

ROUTE: Route[StorageAccessToken] = Route(
    operation_id="getTaskRegionStorageToken",
    function="get_htc_projects_tasks_storage_token",
    method="GET",
    path="/htc/projects/{projectId}/tasks/{taskId}/storage/token/{region}",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(StorageAccessToken),
)


def call(
    project_id: str,
    task_id: str,
    region: SupportedRescaleRegion | str,
) -> Call[StorageAccessToken]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_tasks_storage_token`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}/storage/token/{segment('region', region)}",
    )
