# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""POST /htc/projects/{projectId}/tasks/{taskId}/jobs/cancel: Cancel the jobs of a task"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    decode_nothing,
    query,
    segment,
)

ROUTE: Route[None] = Route(
    operation_id="cancelJobs",
    function="post_htc_projects_tasks_jobs_cancel",
    method="POST",
    path="/htc/projects/{projectId}/tasks/{taskId}/jobs/cancel",
    authorization="bearer",
    accept=None,
    decode=decode_nothing,
)


def call(
    project_id: str,
    task_id: str,
    *,
    group: str | None = None,
) -> Call[None]:
    """A call of ``POST /htc/projects/{projectId}/tasks/{taskId}/jobs/cancel``.

    Asks the service to cancel the waiting and running jobs of a task, or only those of one group. A 200
    does not promise that every job was stopped: list the jobs afterwards. A cancelled job ends as
    FAILED and its events have `userCancelledEvent`. There is neither a request body nor a JSON
    response.

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        group: Name of a job group. Jobs submitted with it can be listed, counted and cancelled
            together.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}/jobs/cancel"
        + query(
            ("group", group),
        ),
    )
