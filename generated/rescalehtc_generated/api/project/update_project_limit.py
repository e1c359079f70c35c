# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""PATCH /htc/projects/{projectId}/limits/{id}: Change one limit of a project"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...client import Call, Route, object_decoder, segment
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
    """Build a call of this route; see :func:`~rescalehtc.api.patch_htc_projects_limits`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/limits/{segment('id', id)}",
        body=encode_json(payload),
    )
