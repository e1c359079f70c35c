# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/container-registry/token: Get a password for the container registry"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    decode_text,
    segment,
)

ROUTE: Route[str] = Route(
    operation_id="getRegistryToken",
    function="get_htc_projects_container_registry_token",
    method="GET",
    path="/htc/projects/{projectId}/container-registry/token",
    authorization="bearer",
    accept="text/plain",
    decode=decode_text,
)


def call(
    project_id: str,
) -> Call[str]:
    """A call of ``GET /htc/projects/{projectId}/container-registry/token``.

    Returns, as plain text, a token with which a container client can log in to the project's registry
    to push and pull images. The token is a secret: keep it out of logs. Its lifetime is not documented
    by the service.

    Args:
        project_id: Identifier of the project.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/container-registry/token",
    )
