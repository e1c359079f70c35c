# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/limits: List the limits of a project"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    list_decoder,
    segment,
)
from ...models.htc_project_limit import HTCProjectLimit

ROUTE: Route[list[HTCProjectLimit]] = Route(
    operation_id="listProjectLimits",
    function="get_htc_projects_limits",
    method="GET",
    path="/htc/projects/{projectId}/limits",
    authorization="bearer",
    accept="application/json",
    decode=list_decoder(HTCProjectLimit),
)


def call(
    project_id: str,
) -> Call[list[HTCProjectLimit]]:
    """A call of ``GET /htc/projects/{projectId}/limits``.

    Returns every limit set on the project, at most one for each `modifierRole`. The smallest of all
    limits counts: jobs wait in SUBMITTED_TO_RESCALE while it is exhausted.

    Args:
        project_id: Identifier of the project.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/limits",
    )
