# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/storage/tokens: Get storage credentials for a project in all regions"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.storage_access_tokens import StorageAccessTokens

ROUTE: Route[StorageAccessTokens] = Route(
    operation_id="listProjectStorageTokens",
    function="get_htc_projects_storage_tokens",
    method="GET",
    path="/htc/projects/{projectId}/storage/tokens",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(StorageAccessTokens),
)


def call(
    project_id: str,
) -> Call[StorageAccessTokens]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_storage_tokens`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/storage/tokens",
    )
