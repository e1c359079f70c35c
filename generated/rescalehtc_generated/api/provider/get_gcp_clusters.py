# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/gcp/clusters/{workspaceId}: List the Google Cloud clusters of a workspace"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.htc_cluster_status_response import HTCClusterStatusResponse

ROUTE: Route[HTCClusterStatusResponse] = Route(
    operation_id="getGcpClusters",
    function="get_htc_gcp_clusters",
    method="GET",
    path="/htc/gcp/clusters/{workspaceId}",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(HTCClusterStatusResponse),
)


def call(
    workspace_id: str,
) -> Call[HTCClusterStatusResponse]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_gcp_clusters`."""
    return Call(
        ROUTE,
        f"/htc/gcp/clusters/{segment('workspace_id', workspace_id)}",
    )
