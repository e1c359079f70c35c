# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""POST /htc/projects/{projectId}/tasks/{taskId}/jobs/batch: Submit batches of jobs"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...client import Call, Route, list_decoder, query, segment
from ...json_codec import encode_json
from ...models.htc_job_submit_request import HTCJobSubmitRequest

ROUTE: Route[list[HTCJobSubmitRequest]] = Route(
    operation_id="submitJobs",
    function="post_htc_projects_tasks_jobs_batch",
    method="POST",
    path="/htc/projects/{projectId}/tasks/{taskId}/jobs/batch",
    authorization="bearer",
    accept="application/json",
    decode=list_decoder(HTCJobSubmitRequest),
)


def call(
    project_id: str,
    task_id: str,
    payload: Sequence[HTCJobSubmitRequest | Mapping[str, Any]],
    *,
    group: str | None = None,
) -> Call[list[HTCJobSubmitRequest]]:
    """Build a call of this route; see :func:`~rescalehtc.api.post_htc_projects_tasks_jobs_batch`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}/jobs/batch"
        + query(("group", group)),
        body=encode_json(payload),
    )
