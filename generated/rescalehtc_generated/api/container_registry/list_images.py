# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/container-registry/images: List the container images of a project"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.htc_images import HTCImages

ROUTE: Route[HTCImages] = Route(
    operation_id="listImages",
    function="get_htc_projects_container_registry_images",
    method="GET",
    path="/htc/projects/{projectId}/container-registry/images",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(HTCImages),
)


def call(
    project_id: str,
) -> Call[HTCImages]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_container_registry_images`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/container-registry/images",
    )
