# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""PATCH /htc/projects/{projectId}: Change the regions of a project"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...client import Call, Route, object_decoder, segment
from ...json_codec import encode_json
from ...models.htc_project import HTCProject
from ...models.htc_project_update import HTCProjectUpdate

ROUTE: Route[HTCProject] = Route(
    operation_id="updateProject",
    function="patch_htc_projects",
    method="PATCH",
    path="/htc/projects/{projectId}",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(HTCProject),
)


def call(
    project_id: str,
    payload: HTCProjectUpdate | Mapping[str, Any],
) -> Call[HTCProject]:
    """Build a call of this route; see :func:`~rescalehtc.api.patch_htc_projects`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}",
        body=encode_json(payload),
    )
