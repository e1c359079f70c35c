# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""DELETE /htc/projects/{projectId}/limits/{id}: Delete one limit of a project"""

from __future__ import annotations

from ...client import Call, Route, decode_nothing, segment

ROUTE: Route[None] = Route(
    operation_id="deleteProjectLimit",
    function="delete_htc_projects_limits",
    method="DELETE",
    path="/htc/projects/{projectId}/limits/{id}",
    authorization="bearer",
    accept=None,
    decode=decode_nothing,
)


def call(
    project_id: str,
    id: int,
) -> Call[None]:
    """Build a call of this route; see :func:`~rescalehtc.api.delete_htc_projects_limits`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/limits/{segment('id', id)}",
    )
