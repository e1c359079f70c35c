# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""POST /htc/projects/{projectId}/container-registry/repo/{repoName}: Create an image repository"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    object_decoder,
    segment,
)
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
    """A call of ``POST /htc/projects/{projectId}/container-registry/repo/{repoName}``.

    Creates a repository in the project's container registry, to which images can then be pushed. The
    call is idempotent: an existing repository stays unchanged, and the response has
    `successfullyCreated: false`. There is no request body.

    Args:
        project_id: Identifier of the project.
        repo_name: Name of the repository: lower-case letters and digits, with single dots, underscores
            or hyphens between them; slashes separate the parts of a longer name.
    """
    return Call(
        ROUTE,
        f"/htc/projects/{segment('project_id', project_id)}/container-registry/repo/{segment('repo_name', repo_name)}",
    )
