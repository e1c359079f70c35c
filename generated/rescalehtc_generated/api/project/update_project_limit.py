# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""PATCH /htc/projects/{projectId}/limits/{id}: Change one limit of a project"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...client import (
    Call,
    Route,
    object_decoder,
    segment,
)
from ...json_codec import encode_json
from ...models.htc_limit_update import HTCLimitUpdate
from ...models.htc_project_limit import HTCProjectLimit

ROUTE: Route[HTCProjectLimit] = Route(
    operation_id="updateProjectLimit",
    function="patch_htc_projects_limits",
    method="PATCH",
    path="/htc/projects/{projectId}/limits/{id}",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(HTCProjectLimit),
)


def call(
    project_id: str,
    id: int,
    payload: HTCLimitUpdate | Mapping[str, Any],
) -> Call[HTCProjectLimit]:
    """A call of ``PATCH /htc/projects/{projectId}/limits/{id}``.

    Sets a new number of vCPUs on an existing limit and keeps its role. Sending the same body twice
    leaves the same result. A 404 means that the limit does not exist.

    Args:
        project_id: Identifier of the project.
        id: Number of the limit, as returned in its `id`.
        payload: The body: a model, or plain JSON.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/limits/{segment('id', id)}",
        body=encode_json(payload),
    )
