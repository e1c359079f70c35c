# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/storage/token: Get storage credentials for a project"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.storage_access_token import StorageAccessToken

ROUTE: Route[StorageAccessToken] = Route(
    operation_id="getProjectStorageToken",
    function="get_htc_projects_storage_token",
    method="GET",
    path="/htc/projects/{projectId}/storage/token",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(StorageAccessToken),
)


def call(
    project_id: str,
) -> Call[StorageAccessToken]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_storage_token`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/storage/token",
    )
