# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""DELETE /htc/projects/{projectId}/limits: Delete all limits of a project"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    decode_nothing,
    segment,
)

ROUTE: Route[None] = Route(
    operation_id="deleteProjectLimits",
    function="delete_htc_projects_limits",
    method="DELETE",
    path="/htc/projects/{projectId}/limits",
    authorization="bearer",
    accept=None,
    decode=decode_nothing,
)


def call(
    project_id: str,
) -> Call[None]:
    """A call of ``DELETE /htc/projects/{projectId}/limits``.

    Removes every limit of the project. Jobs that were waiting for capacity under these limits are
    released and may start to cost money. Returns no body.

    Args:
        project_id: Identifier of the project.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/limits",
    )
