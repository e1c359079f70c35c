# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/tasks/{taskId}/storage/presigned-url: Get a URL to upload a task file"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, query, segment
from ...models.presigned_put_url_response import PresignedPutUrlResponse

ROUTE: Route[PresignedPutUrlResponse] = Route(
    operation_id="getTaskPresignedUrl",
    function="get_htc_projects_tasks_storage_presigned_url",
    method="GET",
    path="/htc/projects/{projectId}/tasks/{taskId}/storage/presigned-url",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(PresignedPutUrlResponse),
)


def call(
    project_id: str,
    task_id: str,
    *,
    file_path: str,
) -> Call[PresignedPutUrlResponse]:
    """Build a call of this route; see
    :func:`~rescalehtc.api.get_htc_projects_tasks_storage_presigned_url`.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/tasks/{segment('task_id', task_id)}/storage/presigned-url"
        + query(("filePath", file_path)),
    )
