# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""PUT /htc/projects/{projectId}/dimensions: Replace the compute environments of a project"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...client import Call, Route, list_decoder, segment
from ...json_codec import encode_json
from ...models.htc_compute_environment import HTCComputeEnvironment

ROUTE: Route[list[HTCComputeEnvironment]] = Route(
    operation_id="replaceProjectDimensions",
    function="put_htc_projects_dimensions",
    method="PUT",
    path="/htc/projects/{projectId}/dimensions",
    authorization="bearer",
    accept="application/json",
    decode=list_decoder(HTCComputeEnvironment),
)


def call(
    project_id: str,
    payload: Sequence[HTCComputeEnvironment | Mapping[str, Any]],
) -> Call[list[HTCComputeEnvironment]]:
    """Build a call of this route; see :func:`~rescalehtc.api.put_htc_projects_dimensions`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/dimensions",
        body=encode_json(payload),
    )
