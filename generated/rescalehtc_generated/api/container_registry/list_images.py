# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/container-registry/images: List the container images of a project"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    object_decoder,
    segment,
)
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
    """A call of ``GET /htc/projects/{projectId}/container-registry/images``.

    Returns the names of all images that were pushed to the project's registry, with their tags, and the
    address of the registry. An image in this list may still be on its way to other clouds; check its
    status before submitting jobs.

    Args:
        project_id: Identifier of the project.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/container-registry/images",
    )
