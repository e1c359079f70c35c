# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/container-registry/token: Get a password for the container registry"""

from __future__ import annotations

from ...client import Call, Route, decode_text, segment

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
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_projects_container_registry_token`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/container-registry/token",
    )
