# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""POST /htc/projects/{projectId}/tasks: Create a task"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...client import Call, Route, object_decoder, segment
from ...json_codec import encode_json
from ...models.htc_task import HTCTask

ROUTE: Route[HTCTask] = Route(
    operation_id="createTask",
    function="post_htc_projects_tasks",
    method="POST",
    path="/htc/projects/{projectId}/tasks",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(HTCTask),
)


def call(
    project_id: str,
    payload: HTCTask | Mapping[str, Any],
) -> Call[HTCTask]:
    """Build a call of this route; see :func:`~rescalehtc.api.post_htc_projects_tasks`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks",
        body=encode_json(payload),
    )
