# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/container-registry/images/{imageName}: Check whether an image is ready
for use
"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.htc_image_status import HTCImageStatus

ROUTE: Route[HTCImageStatus] = Route(
    operation_id="getImageStatus",
    function="get_htc_projects_container_registry_images",
    method="GET",
    path="/htc/projects/{projectId}/container-registry/images/{imageName}",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(HTCImageStatus),
)


def call(
    project_id: str,
    image_name: str,
) -> Call[HTCImageStatus]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_container_registry_images`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/container-registry/images/{segment('image_name', image_name)}",
    )
