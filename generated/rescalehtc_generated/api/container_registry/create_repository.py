# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""POST /htc/projects/{projectId}/container-registry/repo/{repoName}: Create an image repository"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.htc_repository import HTCRepository

ROUTE: Route[HTCRepository] = Route(
    operation_id="createRepository",
    function="post_htc_projects_container_registry_repo",
    method="POST",
    path="/htc/projects/{projectId}/container-registry/repo/{repoName}",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(HTCRepository),
)


def call(
    project_id: str,
    repo_name: str,
) -> Call[HTCRepository]:
    """Build a call of this route; see :func:`~rescalehtc.api.post_htc_projects_container_registry_repo`."""
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/container-registry/repo/{segment('repo_name', repo_name)}",
    )
