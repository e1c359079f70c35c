# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/storage/token: Get storage credentials for a project"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    object_decoder,
    segment,
)
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
    """A call of ``GET /htc/projects/{projectId}/storage/token``.

    Returns temporary credentials of the cloud provider for the project's shared storage and names the
    region that they are for. They are secrets and expire at `expiration`; call again for new ones.

    Args:
        project_id: Identifier of the project.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/storage/token",
    )
