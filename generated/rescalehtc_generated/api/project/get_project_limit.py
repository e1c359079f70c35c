# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/limits/{id}: Get one limit of a project"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    object_decoder,
    segment,
)
from ...models.htc_project_limit import HTCProjectLimit

ROUTE: Route[HTCProjectLimit] = Route(
    operation_id="getProjectLimit",
    function="get_htc_projects_limits",
    method="GET",
    path="/htc/projects/{projectId}/limits/{id}",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(HTCProjectLimit),
)


def call(
    project_id: str,
    id: int,
) -> Call[HTCProjectLimit]:
    """A call of ``GET /htc/projects/{projectId}/limits/{id}``.

    Returns one limit by its number. A 404 means that the project or the limit does not exist.

    Args:
        project_id: Identifier of the project.
        id: Number of the limit, as returned in its `id`.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/limits/{segment('id', id)}",
    )
