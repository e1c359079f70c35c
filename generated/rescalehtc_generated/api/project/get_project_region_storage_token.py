# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/storage/token/{region}: Get storage credentials for a project in one
region
"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.storage_access_token import StorageAccessToken
from ...models.supported_rescale_region import SupportedRescaleRegion

ROUTE: Route[StorageAccessToken] = Route(
    operation_id="getProjectRegionStorageToken",
    function="get_htc_projects_storage_token",
    method="GET",
    path="/htc/projects/{projectId}/storage/token/{region}",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(StorageAccessToken),
)


def call(
    project_id: str,
    region: SupportedRescaleRegion | str,
) -> Call[StorageAccessToken]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_storage_token`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/storage/token/{segment('region', region)}",
    )
