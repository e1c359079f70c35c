# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/projects/{projectId}/storage/presigned-url: Get a URL to upload a project file"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    object_decoder,
    query,
    segment,
)
from ...models.presigned_put_url_response import PresignedPutUrlResponse

ROUTE: Route[PresignedPutUrlResponse] = Route(
    operation_id="getProjectPresignedUrl",
    function="get_htc_projects_storage_presigned_url",
    method="GET",
    path="/htc/projects/{projectId}/storage/presigned-url",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(PresignedPutUrlResponse),
)


def call(
    project_id: str,
    *,
    file_path: str,
) -> Call[PresignedPutUrlResponse]:
    """A call of ``GET /htc/projects/{projectId}/storage/presigned-url``.

    Returns a presigned URL with which one file of the project's shared storage can be written without
    further credentials until `expiration`. Whoever holds the URL can use it: treat it as a secret.

    Args:
        project_id: Identifier of the project.
        file_path: Path of the file to be written, at least one character. To which folder it is
            relative is not documented by the service.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/storage/presigned-url"
        + query(
            ("filePath", file_path),
        ),
    )
