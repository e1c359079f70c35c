# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""POST /htc/projects/{projectId}/limits: Set a limit on a project"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...client import Call, Route, object_decoder, segment
from ...json_codec import encode_json
from ...models.htc_limit_create import HTCLimitCreate
from ...models.htc_project_limit import HTCProjectLimit

ROUTE: Route[HTCProjectLimit] = Route(
    operation_id="createProjectLimit",
    function="post_htc_projects_limits",
    method="POST",
    path="/htc/projects/{projectId}/limits",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(HTCProjectLimit),
)


def call(
    project_id: str,
    payload: HTCLimitCreate | Mapping[str, Any],
) -> Call[HTCProjectLimit]:
    """Build a call of this route; see :func:`~rescalehtc.api.post_htc_projects_limits`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/limits",
        body=encode_json(payload),
    )
