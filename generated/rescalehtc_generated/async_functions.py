# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""The functions of the API, to be awaited with an async session: HTTP method and path, parameters skipped.

A function raises one of the :class:`~rescalehtc.exceptions.HtcException` family if its request fails: an argument
cannot be sent, no response comes, the response is an error, or its body is not what the route promises. The exception says
what failed, where, and how to fix it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from . import api as routes
from .client import page_limit, reject, takes_session
from .errors import HtcNotImplementedError

if TYPE_CHECKING:
    from .client import AsyncSession
    from .models import (
        CloudProvider,
        HTCClusterStatusResponse,
        HTCComputeEnvironment,
        HTCImages,
        HTCImageStatus,
        HTCJob,
        HTCJobSubmitRequest,
        HTCLimitCreate,
        HTCLimitUpdate,
        HTCLogEvent,
        HTCProject,
        HTCProjectLimit,
        HTCProjectUpdate,
        HTCRegionAdminSettings,
        HTCRepository,
        HTCTask,
        HTCTaskUpdate,
        HTCToken,
        HTCTokenPayload,
        HTCWorkspaceLimit,
        JobStatusSummary,
        JsonWebKeySet,
        LogOrder,
        OAuth2Token,
        PresignedPutUrlResponse,
        RegionalStorageResponse,
        RegionStorageOption,
        RescaleJobStatus,
        RescaleJobStatusEvent,
        StorageAccessToken,
        StorageAccessTokens,
        SupportedRescaleRegion,
        TaskRetentionPolicy,
        ViewType,
        WhoAmI,
        WorkspaceTaskRetentionPolicy,
    )

__all__ = [
    "get_well_known_jwks",
    "get_auth_token",
    "get_auth_token_whoami",
    "get_auth_whoami",
    "get_htc_gcp_clusters",
    "get_htc_metrics",
    "get_htc_projects",
    "post_htc_projects",
    "patch_htc_projects",
    "get_htc_projects_container_registry_images",
    "post_htc_projects_container_registry_repo",
    "get_htc_projects_container_registry_token",
    "get_htc_projects_dimensions",
    "put_htc_projects_dimensions",
    "delete_htc_projects_limits",
    "get_htc_projects_limits",
    "post_htc_projects_limits",
    "patch_htc_projects_limits",
    "get_htc_projects_storage_presigned_url",
    "get_htc_projects_storage_token",
    "get_htc_projects_storage_tokens",
    "delete_htc_projects_task_retention_policy",
    "get_htc_projects_task_retention_policy",
    "put_htc_projects_task_retention_policy",
    "get_htc_projects_tasks",
    "post_htc_projects_tasks",
    "delete_htc_projects_tasks",
    "patch_htc_projects_tasks",
    "get_htc_projects_tasks_group_summary_statistics",
    "get_htc_projects_tasks_groups",
    "get_htc_projects_tasks_jobs",
    "post_htc_projects_tasks_jobs_batch",
    "post_htc_projects_tasks_jobs_cancel",
    "get_htc_projects_tasks_jobs_events",
    "get_htc_projects_tasks_jobs_logs",
    "get_htc_projects_tasks_storage_presigned_url",
    "get_htc_projects_tasks_storage_regional_storage",
    "get_htc_projects_tasks_storage_token",
    "get_htc_projects_tasks_storage_tokens",
    "get_htc_projects_tasks_summary_statistics",
    "get_htc_regions",
    "get_htc_storage",
    "get_htc_storage_region",
    "get_htc_workspaces_dimensions",
    "get_htc_workspaces_limits",
    "get_htc_task_retention_policy",
    "put_htc_task_retention_policy",
    "post_oauth_token",
    "post_oauth2_token",
    "iter_htc_projects",
    "iter_htc_projects_tasks",
    "iter_htc_projects_tasks_group_summary_statistics",
    "iter_htc_projects_tasks_jobs",
    "iter_htc_projects_tasks_jobs_events",
    "iter_htc_projects_tasks_jobs_logs",
]


async def get_well_known_jwks(
    session: AsyncSession,
) -> JsonWebKeySet:
    """Get the public keys that sign bearer tokens

    Returns the JSON Web Key Set with which the RS256 signature of a bearer token can be checked, for
    example by a service that runs inside a job. Needs no credentials. Safe to repeat.

    Route:
        ``GET /.well-known/jwks.json``

    Returns:
        ``JsonWebKeySet``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.token.get_json_web_keys.call())


async def get_auth_token(
    session: AsyncSession,
    authorization_header: str,
    *,
    x_rescale_environment: str | None = None,
) -> HTCToken:
    """Exchange an API key or refresh token for a bearer token

    Returns a fresh bearer token (a JWT) for every other route. The `Authorization` header carries
    either `Token <API key>` or `Refresh <refresh token>`, not a bearer token. The new token is valid
    for `expiresIn` seconds, about six hours. A 401 means that the key or refresh token is wrong,
    expired or revoked, and repeating the call does not help.

    You rarely need this: a session gets and renews its token itself, and
    :meth:`rescalehtc.HtcSession.get_bearer_token` returns a valid one.

    Route:
        ``GET /auth/token``

    Args:
        authorization_header: Value of the Authorization header: `Token <API key>` or `Refresh <refresh
            token>`.
        x_rescale_environment: Rescale environment for which the token is issued. Default `prod`; other
            values are not documented by the service.

    Returns:
        ``HTCToken``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(
        routes.token.get_auth_token.call(
            x_rescale_environment=x_rescale_environment, authorization=authorization_header
        )
    )


async def get_auth_token_whoami(
    session: AsyncSession,
) -> HTCTokenPayload | str:
    """Read the payload of the bearer token in use

    Returns the claims of the bearer token that authenticates this very call: who the user is, the
    workspace and any claims that were set when the job was submitted. A 401 means that the token has
    expired or is not a bearer token.

    Route:
        ``GET /auth/token/whoami``

    Returns:
        ``HTCTokenPayload | str``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.token.get_token_who_am_i.call())


async def get_auth_whoami(
    session: AsyncSession,
    authorization_header: str,
) -> WhoAmI:
    """Describe the owner of an API key or refresh token

    Returns the user, the workspace, the organization and the feature flags behind the credential. Like
    `/auth/token` it takes `Token <API key>` or `Refresh <refresh token>` rather than a bearer token.

    Prefer :func:`get_auth_token_whoami`: it takes the session's own bearer token and usually says
    enough.

    Route:
        ``GET /auth/whoami``

    Args:
        authorization_header: Value of the Authorization header: `Token <API key>` or `Refresh <refresh
            token>`.

    Returns:
        ``WhoAmI``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.token.get_who_am_i.call(authorization=authorization_header))


async def get_htc_gcp_clusters(
    session: AsyncSession,
    workspace_id: str,
) -> HTCClusterStatusResponse:
    """List the Google Cloud clusters of a workspace

    Returns the Kubernetes clusters on Google Cloud that belong to a workspace, with their node pools.
    What they are used for, and what the status texts mean, is not documented by the service.

    Route:
        ``GET /htc/gcp/clusters/{workspaceId}``

    Args:
        workspace_id: Identifier of the workspace, as in the `workspaceId` claim of a bearer token.

    Returns:
        ``HTCClusterStatusResponse``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.provider.get_gcp_clusters.call(workspace_id))


async def get_htc_metrics(session: AsyncSession) -> str:
    """Not implemented: use rescalehtc.metrics.read_metrics, or rescalehtc.aio.metrics.read_metrics.

    Route:
        ``GET /htc/metrics``

    Raises:
        HtcNotImplementedError: Always.
    """
    raise HtcNotImplementedError(
        "get_htc_metrics is not implemented, as its reference says. Use rescalehtc.metrics.read_metrics, or rescalehtc.aio.metrics.read_metrics."
    )


@overload
async def get_htc_projects(
    session: AsyncSession,
    project_id: None = None,
    *,
    only_my_projects: bool | None = None,
    page_size: int | None = None,
    max_items: int | None = None,
) -> list[HTCProject]: ...
@overload
async def get_htc_projects(
    session: AsyncSession,
    project_id: str,
) -> HTCProject: ...
async def get_htc_projects(
    session: AsyncSession,
    project_id: str | None = None,
    *,
    only_my_projects: bool | None = None,
    page_size: int | None = None,
    max_items: int | None = None,
) -> list[HTCProject] | HTCProject:
    """List projects

    Returns all projects in the workspace that the caller can see. Their order is not documented by the
    service.

    Returns one project. A 404 means that there is no such project or that the caller cannot see it.

    Fetches every page.

    Routes:
        ``GET /htc/projects``
        ``GET /htc/projects/{projectId}``

    Args:
        project_id: Identifier of the project. None returns the whole listing.
        only_my_projects: When true, keep only the caller's own projects. What counts as own, and the
            default, are not documented by the service.
        page_size: Largest number of items in one page. Default 100; a page may hold fewer. The upper
            bound is not documented by the service.
        max_items: Largest number of items in total; None for all of them.

    Returns:
        ``list[HTCProject]``, or with ``project_id`` ``HTCProject``.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    if project_id is None:
        return await session.collect(
            routes.project.list_projects.call(
                only_my_projects=only_my_projects, page_size=page_limit(page_size, max_items, 100)
            ),
            max_items,
        )
    reject(
        "get_htc_projects", "project_id", only_my_projects=only_my_projects, page_size=page_size, max_items=max_items
    )
    return await session.send(routes.project.get_project.call(project_id))


def iter_htc_projects(
    session: AsyncSession,
    *,
    only_my_projects: bool | None = None,
    page_size: int | None = None,
    max_items: int | None = None,
) -> AsyncIterator[HTCProject]:
    """List projects

    Yields the items of :func:`get_htc_projects` one by one and fetches pages as they are needed.

    Route:
        ``GET /htc/projects``

    Args:
        only_my_projects: When true, keep only the caller's own projects. What counts as own, and the
            default, are not documented by the service.
        page_size: Largest number of items in one page. Default 100; a page may hold fewer. The upper
            bound is not documented by the service.
        max_items: Largest number of items in total; None for all of them.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return session.stream(
        routes.project.list_projects.call(
            only_my_projects=only_my_projects, page_size=page_limit(page_size, max_items, 100)
        ),
        max_items,
    )


async def post_htc_projects(
    session: AsyncSession,
    payload: HTCProject | Mapping[str, Any],
) -> HTCProject:
    """Create a project

    Creates a project in the caller's workspace and returns it with its new `projectId`. Treat the call
    as not idempotent: whether a repeated name is refused is not documented by the service. A 400
    explains which field was refused.

    Route:
        ``POST /htc/projects``

    Args:
        payload: The body: a model, or plain JSON.

    Returns:
        ``HTCProject``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.project.create_project.call(payload))


async def patch_htc_projects(
    session: AsyncSession,
    project_id: str,
    payload: HTCProjectUpdate | Mapping[str, Any],
) -> HTCProject:
    """Change the regions of a project

    Replaces the list of the project's regions; other fields of a project cannot be changed here.
    Sending the same body twice leaves the same result.

    Route:
        ``PATCH /htc/projects/{projectId}``

    Args:
        project_id: Identifier of the project.
        payload: The body: a model, or plain JSON.

    Returns:
        ``HTCProject``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.project.update_project.call(project_id, payload))


@overload
async def get_htc_projects_container_registry_images(
    session: AsyncSession,
    project_id: str,
    image_name: None = None,
) -> HTCImages: ...
@overload
async def get_htc_projects_container_registry_images(
    session: AsyncSession,
    project_id: str,
    image_name: str,
) -> HTCImageStatus: ...
async def get_htc_projects_container_registry_images(
    session: AsyncSession,
    project_id: str,
    image_name: str | None = None,
) -> HTCImages | HTCImageStatus:
    """List the container images of a project

    Returns the names of all images that were pushed to the project's registry, with their tags, and the
    address of the registry. An image in this list may still be on its way to other clouds; check its
    status before submitting jobs.

    Returns PENDING while an image is copied to all clouds and READY once jobs can use it everywhere. A
    404 means that the image is absent; shortly after a push it can mean that the image is not yet
    known, so ask again later.

    Routes:
        ``GET /htc/projects/{projectId}/container-registry/images``
        ``GET /htc/projects/{projectId}/container-registry/images/{imageName}``

    Args:
        project_id: Identifier of the project.
        image_name: Name of the image, optionally with a tag after a colon, for example `my-app:latest`.
            None returns the whole listing.

    Returns:
        ``HTCImages``, or with ``image_name`` ``HTCImageStatus``.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    if image_name is None:
        return await session.send(routes.container_registry.list_images.call(project_id))
    return await session.send(routes.container_registry.get_image_status.call(project_id, image_name))


async def post_htc_projects_container_registry_repo(
    session: AsyncSession,
    project_id: str,
    repo_name: str,
) -> HTCRepository:
    """Create an image repository

    Creates a repository in the project's container registry, to which images can then be pushed. The
    call is idempotent: an existing repository stays unchanged, and the response has
    `successfullyCreated: false`. There is no request body.

    Route:
        ``POST /htc/projects/{projectId}/container-registry/repo/{repoName}``

    Args:
        project_id: Identifier of the project.
        repo_name: Name of the repository: lower-case letters and digits, with single dots, underscores
            or hyphens between them; slashes separate the parts of a longer name.

    Returns:
        ``HTCRepository``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.container_registry.create_repository.call(project_id, repo_name))


async def get_htc_projects_container_registry_token(
    session: AsyncSession,
    project_id: str,
) -> str:
    """Get a password for the container registry

    Returns, as plain text, a token with which a container client can log in to the project's registry
    to push and pull images. The token is a secret: keep it out of logs. Its lifetime is not documented
    by the service.

    Route:
        ``GET /htc/projects/{projectId}/container-registry/token``

    Args:
        project_id: Identifier of the project.

    Returns:
        ``str``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.container_registry.get_registry_token.call(project_id))


async def get_htc_projects_dimensions(
    session: AsyncSession,
    project_id: str,
) -> list[HTCComputeEnvironment]:
    """List the compute environments of a project

    Returns the combinations of machine type, region, priority and hyperthreading to which the jobs of
    the project are confined.

    Route:
        ``GET /htc/projects/{projectId}/dimensions``

    Args:
        project_id: Identifier of the project.

    Returns:
        ``list[HTCComputeEnvironment]``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.project.get_project_dimensions.call(project_id))


async def put_htc_projects_dimensions(
    session: AsyncSession,
    project_id: str,
    payload: Sequence[HTCComputeEnvironment | Mapping[str, Any]],
) -> list[HTCComputeEnvironment]:
    """Replace the compute environments of a project

    Sets the compute environments to which the jobs of the project are confined: combinations in the
    list are created or updated, all others are deleted. Sending the same list twice leaves the same
    result.

    Route:
        ``PUT /htc/projects/{projectId}/dimensions``

    Args:
        project_id: Identifier of the project.
        payload: The body: a model, or plain JSON.

    Returns:
        ``list[HTCComputeEnvironment]``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.project.replace_project_dimensions.call(project_id, payload))


async def delete_htc_projects_limits(
    session: AsyncSession,
    project_id: str,
    id: int | None = None,
) -> None:
    """Delete all limits of a project

    Removes every limit of the project. Jobs that were waiting for capacity under these limits are
    released and may start to cost money. Returns no body.

    Removes one limit; the others stay in force. Jobs that waited only for this limit are released.
    Returns no body.

    Routes:
        ``DELETE /htc/projects/{projectId}/limits``
        ``DELETE /htc/projects/{projectId}/limits/{id}``

    Args:
        project_id: Identifier of the project.
        id: Number of the limit, as returned in its `id`. None acts on all of them.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    if id is None:
        return await session.send(routes.project.delete_project_limits.call(project_id))
    return await session.send(routes.project.delete_project_limit.call(project_id, id))


@overload
async def get_htc_projects_limits(
    session: AsyncSession,
    project_id: str,
    id: None = None,
) -> list[HTCProjectLimit]: ...
@overload
async def get_htc_projects_limits(
    session: AsyncSession,
    project_id: str,
    id: int,
) -> HTCProjectLimit: ...
async def get_htc_projects_limits(
    session: AsyncSession,
    project_id: str,
    id: int | None = None,
) -> list[HTCProjectLimit] | HTCProjectLimit:
    """List the limits of a project

    Returns every limit set on the project, at most one for each `modifierRole`. The smallest of all
    limits counts: jobs wait in SUBMITTED_TO_RESCALE while it is exhausted.

    Returns one limit by its number. A 404 means that the project or the limit does not exist.

    Routes:
        ``GET /htc/projects/{projectId}/limits``
        ``GET /htc/projects/{projectId}/limits/{id}``

    Args:
        project_id: Identifier of the project.
        id: Number of the limit, as returned in its `id`. None returns the whole listing.

    Returns:
        ``list[HTCProjectLimit]``, or with ``id`` ``HTCProjectLimit``.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    if id is None:
        return await session.send(routes.project.list_project_limits.call(project_id))
    return await session.send(routes.project.get_project_limit.call(project_id, id))


async def post_htc_projects_limits(
    session: AsyncSession,
    project_id: str,
    payload: HTCLimitCreate | Mapping[str, Any],
) -> HTCProjectLimit:
    """Set a limit on a project

    Sets the number of vCPUs that jobs of the project may use at the same time, for one `modifierRole`.
    An existing limit of the same role is overwritten, so a repeated call does no harm.

    Route:
        ``POST /htc/projects/{projectId}/limits``

    Args:
        project_id: Identifier of the project.
        payload: The body: a model, or plain JSON.

    Returns:
        ``HTCProjectLimit``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.project.create_project_limit.call(project_id, payload))


async def patch_htc_projects_limits(
    session: AsyncSession,
    project_id: str,
    id: int,
    payload: HTCLimitUpdate | Mapping[str, Any],
) -> HTCProjectLimit:
    """Change one limit of a project

    Sets a new number of vCPUs on an existing limit and keeps its role. Sending the same body twice
    leaves the same result. A 404 means that the limit does not exist.

    Route:
        ``PATCH /htc/projects/{projectId}/limits/{id}``

    Args:
        project_id: Identifier of the project.
        id: Number of the limit, as returned in its `id`.
        payload: The body: a model, or plain JSON.

    Returns:
        ``HTCProjectLimit``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.project.update_project_limit.call(project_id, id, payload))


async def get_htc_projects_storage_presigned_url(
    session: AsyncSession,
    project_id: str,
    *,
    file_path: str,
) -> PresignedPutUrlResponse:
    """Get a URL to upload a project file

    Returns a presigned URL with which one file of the project's shared storage can be written without
    further credentials until `expiration`. Whoever holds the URL can use it: treat it as a secret.

    Route:
        ``GET /htc/projects/{projectId}/storage/presigned-url``

    Args:
        project_id: Identifier of the project.
        file_path: Path of the file to be written, at least one character. To which folder it is
            relative is not documented by the service.

    Returns:
        ``PresignedPutUrlResponse``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.project.get_project_presigned_url.call(project_id, file_path=file_path))


async def get_htc_projects_storage_token(
    session: AsyncSession,
    project_id: str,
    region: SupportedRescaleRegion | str | None = None,
) -> StorageAccessToken:
    """Get storage credentials for a project

    Returns temporary credentials of the cloud provider for the project's shared storage and names the
    region that they are for. They are secrets and expire at `expiration`; call again for new ones.

    Returns temporary credentials of the cloud provider for the project's shared storage in the named
    region. They are secrets and expire at `expiration`; call again for new ones.

    Routes:
        ``GET /htc/projects/{projectId}/storage/token``
        ``GET /htc/projects/{projectId}/storage/token/{region}``

    Args:
        project_id: Identifier of the project.
        region: Region, written with its cloud provider as in `AWS_US_EAST_2`. None returns the whole
            listing.

    Returns:
        ``StorageAccessToken``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    if region is None:
        return await session.send(routes.project.get_project_storage_token.call(project_id))
    return await session.send(routes.project.get_project_region_storage_token.call(project_id, region))


async def get_htc_projects_storage_tokens(
    session: AsyncSession,
    project_id: str,
) -> StorageAccessTokens:
    """Get storage credentials for a project in all regions

    Returns one set of temporary credentials for each region in which the project has storage, and names
    the default region. All of them are secrets.

    Route:
        ``GET /htc/projects/{projectId}/storage/tokens``

    Args:
        project_id: Identifier of the project.

    Returns:
        ``StorageAccessTokens``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.project.list_project_storage_tokens.call(project_id))


async def delete_htc_projects_task_retention_policy(
    session: AsyncSession,
    project_id: str,
) -> None:
    """Delete the task retention policy of a project

    Removes the project's own policy. From then on the workspace's policy applies; without one, tasks
    are neither archived nor deleted automatically. Returns no body.

    Route:
        ``DELETE /htc/projects/{projectId}/task-retention-policy``

    Args:
        project_id: Identifier of the project.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.project.delete_project_task_retention_policy.call(project_id))


async def get_htc_projects_task_retention_policy(
    session: AsyncSession,
    project_id: str,
) -> TaskRetentionPolicy:
    """Get the task retention policy of a project

    Returns after how many idle hours the project's tasks are archived (`archiveAfter`), and for how
    many hours archived ones are kept before they are deleted (`deleteAfter`); in this grace period a
    task can be unarchived. 0 switches either of them off. A 404 means that the project has no policy of
    its own and that the workspace's policy applies.

    Route:
        ``GET /htc/projects/{projectId}/task-retention-policy``

    Args:
        project_id: Identifier of the project.

    Returns:
        ``TaskRetentionPolicy``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.project.get_project_task_retention_policy.call(project_id))


async def put_htc_projects_task_retention_policy(
    session: AsyncSession,
    project_id: str,
    payload: TaskRetentionPolicy | Mapping[str, Any],
) -> TaskRetentionPolicy:
    """Set the task retention policy of a project

    Sets or replaces the project's own policy, which takes precedence over the workspace's. A value of 0
    switches that part off for the project, whatever the workspace says. Requires the role of a project
    administrator; sending the same body twice leaves the same result.

    Route:
        ``PUT /htc/projects/{projectId}/task-retention-policy``

    Args:
        project_id: Identifier of the project.
        payload: The body: a model, or plain JSON.

    Returns:
        ``TaskRetentionPolicy``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.project.replace_project_task_retention_policy.call(project_id, payload))


@overload
async def get_htc_projects_tasks(
    session: AsyncSession,
    project_id: str,
    task_id: None = None,
    *,
    page_size: int | None = None,
    max_items: int | None = None,
) -> list[HTCTask]: ...
@overload
async def get_htc_projects_tasks(
    session: AsyncSession,
    project_id: str,
    task_id: str,
) -> HTCTask: ...
async def get_htc_projects_tasks(
    session: AsyncSession,
    project_id: str,
    task_id: str | None = None,
    *,
    page_size: int | None = None,
    max_items: int | None = None,
) -> list[HTCTask] | HTCTask:
    """List the tasks of a project

    Returns all tasks of the project. Deleted tasks may remain in the list for a time, in state DELETED.

    Returns one task with its lifecycle state. A 404 means that the project or the task does not exist.

    Fetches every page.

    Routes:
        ``GET /htc/projects/{projectId}/tasks``
        ``GET /htc/projects/{projectId}/tasks/{taskId}``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task. None returns the whole listing.
        page_size: Largest number of items in one page. Default 100; a page may hold fewer. The upper
            bound is not documented by the service.
        max_items: Largest number of items in total; None for all of them.

    Returns:
        ``list[HTCTask]``, or with ``task_id`` ``HTCTask``.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    if task_id is None:
        return await session.collect(
            routes.task.list_tasks.call(project_id, page_size=page_limit(page_size, max_items, 100)), max_items
        )
    reject("get_htc_projects_tasks", "task_id", page_size=page_size, max_items=max_items)
    return await session.send(routes.task.get_task.call(project_id, task_id))


def iter_htc_projects_tasks(
    session: AsyncSession,
    project_id: str,
    *,
    page_size: int | None = None,
    max_items: int | None = None,
) -> AsyncIterator[HTCTask]:
    """List the tasks of a project

    Yields the items of :func:`get_htc_projects_tasks` one by one and fetches pages as they are needed.

    Route:
        ``GET /htc/projects/{projectId}/tasks``

    Args:
        project_id: Identifier of the project.
        page_size: Largest number of items in one page. Default 100; a page may hold fewer. The upper
            bound is not documented by the service.
        max_items: Largest number of items in total; None for all of them.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return session.stream(
        routes.task.list_tasks.call(project_id, page_size=page_limit(page_size, max_items, 100)), max_items
    )


async def post_htc_projects_tasks(
    session: AsyncSession,
    project_id: str,
    payload: HTCTask | Mapping[str, Any],
) -> HTCTask:
    """Create a task

    Creates a task, which will hold jobs, in a project. Not idempotent: a repeated call with the same
    name and description creates one more task with another `taskId`.

    Route:
        ``POST /htc/projects/{projectId}/tasks``

    Args:
        project_id: Identifier of the project.
        payload: The body: a model, or plain JSON.

    Returns:
        ``HTCTask``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.task.create_task.call(project_id, payload))


async def delete_htc_projects_tasks(
    session: AsyncSession,
    project_id: str,
    task_id: str,
) -> None:
    """Delete a task

    Moves a task to the final state DELETED and frees its storage after some time. The task may still be
    listed for a while; submitting jobs to it is refused. Returns no body.

    Route:
        ``DELETE /htc/projects/{projectId}/tasks/{taskId}``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.task.delete_task.call(project_id, task_id))


async def patch_htc_projects_tasks(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    payload: HTCTaskUpdate | Mapping[str, Any],
) -> HTCTask:
    """Archive or restore a task

    Moves a task to another lifecycle state: ARCHIVED archives an active task, ACTIVE brings an archived
    one back. Only an ACTIVE task without running jobs can be archived, and a DELETED task stays
    deleted.

    Route:
        ``PATCH /htc/projects/{projectId}/tasks/{taskId}``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        payload: The body: a model, or plain JSON.

    Returns:
        ``HTCTask``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.task.update_task.call(project_id, task_id, payload))


async def get_htc_projects_tasks_group_summary_statistics(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    *,
    group: Sequence[str] | None = None,
    page_size: int | None = None,
    max_items: int | None = None,
) -> list[JobStatusSummary]:
    """Count the jobs of a task by group and status

    Returns the number of jobs in each status, one entry for each group of the task. Cheaper than
    listing the jobs.

    Fetches every page.

    Route:
        ``GET /htc/projects/{projectId}/tasks/{taskId}/group-summary-statistics``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        group: Keep only these groups. May be given several times; omit it to keep all.
        page_size: Largest number of items in one page. Default 100; a page may hold fewer. The upper
            bound is not documented by the service.
        max_items: Largest number of items in total; None for all of them.

    Returns:
        ``list[JobStatusSummary]``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.collect(
        routes.task.list_group_summary_statistics.call(
            project_id, task_id, group=group, page_size=page_limit(page_size, max_items, 100)
        ),
        max_items,
    )


def iter_htc_projects_tasks_group_summary_statistics(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    *,
    group: Sequence[str] | None = None,
    page_size: int | None = None,
    max_items: int | None = None,
) -> AsyncIterator[JobStatusSummary]:
    """Count the jobs of a task by group and status

    Yields the items of :func:`get_htc_projects_tasks_group_summary_statistics` one by one and fetches
    pages as they are needed.

    Route:
        ``GET /htc/projects/{projectId}/tasks/{taskId}/group-summary-statistics``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        group: Keep only these groups. May be given several times; omit it to keep all.
        page_size: Largest number of items in one page. Default 100; a page may hold fewer. The upper
            bound is not documented by the service.
        max_items: Largest number of items in total; None for all of them.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return session.stream(
        routes.task.list_group_summary_statistics.call(
            project_id, task_id, group=group, page_size=page_limit(page_size, max_items, 100)
        ),
        max_items,
    )


async def get_htc_projects_tasks_groups(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    *,
    page_index: str | None = None,
    page_size: int | None = None,
) -> list[str]:
    """List the job groups of a task

    Returns the names of the groups that jobs of the task were submitted under, as a plain array rather
    than a page. The route still takes `pageIndex` and `pageSize`; how to reach further parts of the
    list is not documented by the service.

    Route:
        ``GET /htc/projects/{projectId}/tasks/{taskId}/groups``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        page_index: Cursor of the page to return. Opaque: take it from the `next` of the page before,
            never build it. If omitted, the first page.
        page_size: Largest number of items in one page. Default 100; a page may hold fewer. The upper
            bound is not documented by the service.

    Returns:
        ``list[str]``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(
        routes.task.list_groups.call(project_id, task_id, page_index=page_index, page_size=page_size)
    )


@overload
async def get_htc_projects_tasks_jobs(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    job_id: None = None,
    *,
    group: str | None = None,
    job_ids: Sequence[str] | None = None,
    page_size: int | None = None,
    status: RescaleJobStatus | str | None = None,
    view_type: ViewType | str | None = None,
    max_items: int | None = None,
) -> list[HTCJob]: ...
@overload
async def get_htc_projects_tasks_jobs(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    job_id: str,
) -> HTCJob: ...
async def get_htc_projects_tasks_jobs(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    job_id: str | None = None,
    *,
    group: str | None = None,
    job_ids: Sequence[str] | None = None,
    page_size: int | None = None,
    status: RescaleJobStatus | str | None = None,
    view_type: ViewType | str | None = None,
    max_items: int | None = None,
) -> list[HTCJob] | HTCJob:
    """List the jobs of a task

    Returns all jobs of the task, or those with the given group, status or job identifiers. Statuses are
    refreshed about every 30 seconds, so polling faster shows nothing new; to follow progress, the
    summary statistics are cheaper. Jobs disappear 60 days after they end.

    Returns one job with its definition, status and, once known, the machine it ran on. A job of a batch
    is addressed as `<parentJobId>:<index>`. A 404 means that the job does not exist, or no longer
    exists: jobs are deleted 60 days after they end.

    Fetches every page.

    Routes:
        ``GET /htc/projects/{projectId}/tasks/{taskId}/jobs``
        ``GET /htc/projects/{projectId}/tasks/{taskId}/jobs/{jobId}``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        job_id: Identifier of the job; a job of a batch is `<parentJobId>:<index>`. None returns the
            whole listing.
        group: Name of a job group. Jobs submitted with it can be listed, counted and cancelled
            together.
        job_ids: Keep only jobs with these identifiers. May be given several times.
        page_size: Largest number of items in one page. Default 100; a page may hold fewer. The upper
            bound is not documented by the service.
        status: Keep only jobs in this status.
        view_type: How much of each job to return. Which fields SIMPLE omits, and the default, are not
            documented by the service.
        max_items: Largest number of items in total; None for all of them.

    Returns:
        ``list[HTCJob]``, or with ``job_id`` ``HTCJob``.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    if job_id is None:
        return await session.collect(
            routes.job.list_jobs.call(
                project_id,
                task_id,
                group=group,
                job_ids=job_ids,
                page_size=page_limit(page_size, max_items, 100),
                status=status,
                view_type=view_type,
            ),
            max_items,
        )
    reject(
        "get_htc_projects_tasks_jobs",
        "job_id",
        group=group,
        job_ids=job_ids,
        page_size=page_size,
        status=status,
        view_type=view_type,
        max_items=max_items,
    )
    return await session.send(routes.job.get_job.call(project_id, task_id, job_id))


def iter_htc_projects_tasks_jobs(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    *,
    group: str | None = None,
    job_ids: Sequence[str] | None = None,
    page_size: int | None = None,
    status: RescaleJobStatus | str | None = None,
    view_type: ViewType | str | None = None,
    max_items: int | None = None,
) -> AsyncIterator[HTCJob]:
    """List the jobs of a task

    Yields the items of :func:`get_htc_projects_tasks_jobs` one by one and fetches pages as they are
    needed.

    Route:
        ``GET /htc/projects/{projectId}/tasks/{taskId}/jobs``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        group: Name of a job group. Jobs submitted with it can be listed, counted and cancelled
            together.
        job_ids: Keep only jobs with these identifiers. May be given several times.
        page_size: Largest number of items in one page. Default 100; a page may hold fewer. The upper
            bound is not documented by the service.
        status: Keep only jobs in this status.
        view_type: How much of each job to return. Which fields SIMPLE omits, and the default, are not
            documented by the service.
        max_items: Largest number of items in total; None for all of them.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return session.stream(
        routes.job.list_jobs.call(
            project_id,
            task_id,
            group=group,
            job_ids=job_ids,
            page_size=page_limit(page_size, max_items, 100),
            status=status,
            view_type=view_type,
        ),
        max_items,
    )


async def post_htc_projects_tasks_jobs_batch(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    payload: Sequence[HTCJobSubmitRequest | Mapping[str, Any]],
    *,
    group: str | None = None,
) -> list[HTCJobSubmitRequest]:
    """Submit batches of jobs

    Starts up to 100 batches, each of 1 to 1000 jobs of the same definition. Not idempotent: a repeated
    call runs, and bills, every batch a second time, so a call whose response was lost must not be
    repeated blindly; look for its jobs first. A 400 explains which field was refused. Submitting to a
    deleted task is refused.

    Route:
        ``POST /htc/projects/{projectId}/tasks/{taskId}/jobs/batch``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        payload: The body: a model, or plain JSON.
        group: Name of a job group. Jobs submitted with it can be listed, counted and cancelled
            together.

    Returns:
        ``list[HTCJobSubmitRequest]``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.job.submit_jobs.call(project_id, task_id, payload, group=group))


async def post_htc_projects_tasks_jobs_cancel(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    *,
    group: str | None = None,
) -> None:
    """Cancel the jobs of a task

    Asks the service to cancel the waiting and running jobs of a task, or only those of one group. A 200
    does not promise that every job was stopped: list the jobs afterwards. A cancelled job ends as
    FAILED and its events have `userCancelledEvent`. There is neither a request body nor a JSON
    response.

    Route:
        ``POST /htc/projects/{projectId}/tasks/{taskId}/jobs/cancel``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        group: Name of a job group. Jobs submitted with it can be listed, counted and cancelled
            together.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.job.cancel_jobs.call(project_id, task_id, group=group))


async def get_htc_projects_tasks_jobs_events(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    job_id: str,
    *,
    page_size: int | None = None,
    max_items: int | None = None,
) -> list[RescaleJobStatusEvent]:
    """List the status changes of a job

    Returns all status changes of the job. Which events a retried job has is not documented by the
    service.

    Fetches every page.

    Route:
        ``GET /htc/projects/{projectId}/tasks/{taskId}/jobs/{jobId}/events``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        job_id: Identifier of the job; a job of a batch is `<parentJobId>:<index>`.
        page_size: Largest number of items in one page. Default 100; a page may hold fewer. The upper
            bound is not documented by the service.
        max_items: Largest number of items in total; None for all of them.

    Returns:
        ``list[RescaleJobStatusEvent]``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.collect(
        routes.job.list_job_events.call(project_id, task_id, job_id, page_size=page_limit(page_size, max_items, 100)),
        max_items,
    )


def iter_htc_projects_tasks_jobs_events(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    job_id: str,
    *,
    page_size: int | None = None,
    max_items: int | None = None,
) -> AsyncIterator[RescaleJobStatusEvent]:
    """List the status changes of a job

    Yields the items of :func:`get_htc_projects_tasks_jobs_events` one by one and fetches pages as they
    are needed.

    Route:
        ``GET /htc/projects/{projectId}/tasks/{taskId}/jobs/{jobId}/events``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        job_id: Identifier of the job; a job of a batch is `<parentJobId>:<index>`.
        page_size: Largest number of items in one page. Default 100; a page may hold fewer. The upper
            bound is not documented by the service.
        max_items: Largest number of items in total; None for all of them.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return session.stream(
        routes.job.list_job_events.call(project_id, task_id, job_id, page_size=page_limit(page_size, max_items, 100)),
        max_items,
    )


async def get_htc_projects_tasks_jobs_logs(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    job_id: str,
    max_items: int | None = None,
    page_size: int = 5000,
    *,
    sort: LogOrder | str | None = None,
) -> list[HTCLogEvent]:
    """Read the output of a job

    Returns all lines that the job's container wrote, newest first unless `sort` is `asc`. Pages of up
    to 10000 lines save calls.

    Fetches every page.

    Route:
        ``GET /htc/projects/{projectId}/tasks/{taskId}/jobs/{jobId}/logs``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        job_id: Identifier of the job; a job of a batch is `<parentJobId>:<index>`.
        max_items: Largest number of items in total; None for all of them.
        page_size: Largest number of log lines in one page. Default 5000, at most 10000; a page may hold
            fewer, even none.
        sort: Order of the lines by time: `desc`, the default, is newest first, `asc` oldest first.

    Returns:
        ``list[HTCLogEvent]``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.collect(
        routes.job.list_job_logs.call(
            project_id, task_id, job_id, page_size=page_limit(page_size, max_items, 100), sort=sort
        ),
        max_items,
    )


def iter_htc_projects_tasks_jobs_logs(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    job_id: str,
    *,
    sort: LogOrder | str | None = None,
    max_items: int | None = None,
    page_size: int = 5000,
) -> AsyncIterator[HTCLogEvent]:
    """Read the output of a job

    Yields the items of :func:`get_htc_projects_tasks_jobs_logs` one by one and fetches pages as they
    are needed.

    Route:
        ``GET /htc/projects/{projectId}/tasks/{taskId}/jobs/{jobId}/logs``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        job_id: Identifier of the job; a job of a batch is `<parentJobId>:<index>`.
        sort: Order of the lines by time: `desc`, the default, is newest first, `asc` oldest first.
        max_items: Largest number of items in total; None for all of them.
        page_size: Largest number of log lines in one page. Default 5000, at most 10000; a page may hold
            fewer, even none.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return session.stream(
        routes.job.list_job_logs.call(
            project_id, task_id, job_id, page_size=page_limit(page_size, max_items, 100), sort=sort
        ),
        max_items,
    )


async def get_htc_projects_tasks_storage_presigned_url(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    *,
    file_path: str,
) -> PresignedPutUrlResponse:
    """Get a URL to upload a task file

    Returns a presigned URL with which one file of the task's storage can be written without further
    credentials until `expiration`. Whoever holds the URL can use it: treat it as a secret.

    Route:
        ``GET /htc/projects/{projectId}/tasks/{taskId}/storage/presigned-url``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        file_path: Path of the file to be written, at least one character. To which folder it is
            relative is not documented by the service.

    Returns:
        ``PresignedPutUrlResponse``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.task.get_task_presigned_url.call(project_id, task_id, file_path=file_path))


async def get_htc_projects_tasks_storage_regional_storage(
    session: AsyncSession,
    project_id: str,
    task_id: str,
) -> RegionalStorageResponse:
    """Get the regional storage of a task

    Returns where the project and the task keep their files in each region, together with credentials.
    When to prefer it over the storage tokens is not documented by the service.

    Route:
        ``GET /htc/projects/{projectId}/tasks/{taskId}/storage/regional-storage``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.

    Returns:
        ``RegionalStorageResponse``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.task.get_task_regional_storage.call(project_id, task_id))


async def get_htc_projects_tasks_storage_token(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    region: SupportedRescaleRegion | str | None = None,
) -> StorageAccessToken:
    """Get storage credentials for a task

    Returns temporary credentials of the cloud provider for the task's storage and names the region that
    they are for. They are secrets and expire at `expiration`; call again for new ones.

    Returns temporary credentials of the cloud provider for the task's storage in the named region. They
    are secrets and expire at `expiration`; call again for new ones.

    Routes:
        ``GET /htc/projects/{projectId}/tasks/{taskId}/storage/token``
        ``GET /htc/projects/{projectId}/tasks/{taskId}/storage/token/{region}``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        region: Region, written with its cloud provider as in `AWS_US_EAST_2`. None returns the whole
            listing.

    Returns:
        ``StorageAccessToken``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    if region is None:
        return await session.send(routes.task.get_task_storage_token.call(project_id, task_id))
    return await session.send(routes.task.get_task_region_storage_token.call(project_id, task_id, region))


async def get_htc_projects_tasks_storage_tokens(
    session: AsyncSession,
    project_id: str,
    task_id: str,
) -> StorageAccessTokens:
    """Get storage credentials for a task in all regions

    Returns one set of temporary credentials for each region in which the task has storage, and names
    the default region. All of them are secrets.

    Route:
        ``GET /htc/projects/{projectId}/tasks/{taskId}/storage/tokens``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.

    Returns:
        ``StorageAccessTokens``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.task.list_task_storage_tokens.call(project_id, task_id))


async def get_htc_projects_tasks_summary_statistics(
    session: AsyncSession,
    project_id: str,
    task_id: str,
) -> JobStatusSummary:
    """Count the jobs of a task by status

    Returns how many jobs of the whole task are in each status. The response is small for any number of
    jobs, which makes this the way to wait for a large batch.

    Route:
        ``GET /htc/projects/{projectId}/tasks/{taskId}/summary-statistics``

    Args:
        project_id: Identifier of the project.
        task_id: Identifier of the task.

    Returns:
        ``JobStatusSummary``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.task.get_task_summary_statistics.call(project_id, task_id))


@overload
async def get_htc_regions(
    session: AsyncSession,
    region: None = None,
    *,
    cloud_provider: CloudProvider | str | None = None,
    enabled: bool | None = None,
) -> list[HTCRegionAdminSettings]: ...
@overload
async def get_htc_regions(
    session: AsyncSession,
    region: SupportedRescaleRegion | str,
) -> HTCRegionAdminSettings: ...
async def get_htc_regions(
    session: AsyncSession,
    region: SupportedRescaleRegion | str | None = None,
    *,
    cloud_provider: CloudProvider | str | None = None,
    enabled: bool | None = None,
) -> list[HTCRegionAdminSettings] | HTCRegionAdminSettings:
    """List the regions of the workspace

    Returns the settings of every region known to the workspace, optionally only those of one cloud
    provider or only the enabled ones.

    Returns the workspace's settings for one region.

    Routes:
        ``GET /htc/regions``
        ``GET /htc/regions/{region}``

    Args:
        region: Region, written with its cloud provider as in `AWS_US_EAST_2`. None returns the whole
            listing.
        cloud_provider: Keep only regions of this cloud provider.
        enabled: Keep only regions that are enabled (true) or only those that are not (false). If
            omitted, both.

    Returns:
        ``list[HTCRegionAdminSettings]``, or with ``region`` ``HTCRegionAdminSettings``.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    if region is None:
        return await session.send(routes.provider.list_regions.call(cloud_provider=cloud_provider, enabled=enabled))
    reject("get_htc_regions", "region", cloud_provider=cloud_provider, enabled=enabled)
    return await session.send(routes.provider.get_region.call(region))


async def get_htc_storage(
    session: AsyncSession,
) -> list[RegionStorageOption]:
    """List the storage of the workspace

    Returns where the workspace keeps its files, one entry for each region with storage. Holds no
    credentials.

    Route:
        ``GET /htc/storage``

    Returns:
        ``list[RegionStorageOption]``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.storage.list_storage.call())


async def get_htc_storage_region(
    session: AsyncSession,
    region: SupportedRescaleRegion | str,
) -> RegionStorageOption:
    """Get the storage of one region

    Returns where the workspace keeps its files in one region. Holds no credentials.

    Route:
        ``GET /htc/storage/region/{region}``

    Args:
        region: Region, written with its cloud provider as in `AWS_US_EAST_2`.

    Returns:
        ``RegionStorageOption``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.storage.get_region_storage.call(region))


async def get_htc_workspaces_dimensions(
    session: AsyncSession,
    workspace_id: str,
) -> list[HTCComputeEnvironment]:
    """List the compute environments of a workspace

    Returns the combinations of machine type, region, priority and hyperthreading that the workspace
    offers.

    Route:
        ``GET /htc/workspaces/{workspaceId}/dimensions``

    Args:
        workspace_id: Identifier of the workspace, as in the `workspaceId` claim of a bearer token.

    Returns:
        ``list[HTCComputeEnvironment]``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.workspace.get_workspace_dimensions.call(workspace_id))


async def get_htc_workspaces_limits(
    session: AsyncSession,
    workspace_id: str,
) -> HTCWorkspaceLimit:
    """Get the limit of a workspace

    Returns how many vCPUs all jobs of the workspace may use at the same time. Limits of a project apply
    in addition; the smallest one counts.

    Route:
        ``GET /htc/workspaces/{workspaceId}/limits``

    Args:
        workspace_id: Identifier of the workspace, as in the `workspaceId` claim of a bearer token.

    Returns:
        ``HTCWorkspaceLimit``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.workspace.get_workspace_limit.call(workspace_id))


async def get_htc_task_retention_policy(
    session: AsyncSession,
    workspace_id: str,
) -> WorkspaceTaskRetentionPolicy:
    """Get the task retention policy of a workspace

    Returns after how many hours idle tasks are archived and archived ones deleted in projects that have
    no policy of their own. A 404 means that no policy is set.

    Route:
        ``GET /htc/workspaces/{workspaceId}/task-retention-policy``

    Args:
        workspace_id: Identifier of the workspace, as in the `workspaceId` claim of a bearer token.

    Returns:
        ``WorkspaceTaskRetentionPolicy``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.workspace.get_workspace_task_retention_policy.call(workspace_id))


async def put_htc_task_retention_policy(
    session: AsyncSession,
    workspace_id: str,
    payload: WorkspaceTaskRetentionPolicy | Mapping[str, Any],
) -> WorkspaceTaskRetentionPolicy:
    """Set the task retention policy of a workspace

    Sets or replaces the policy for all projects of the workspace that have none of their own. A value
    of 0 switches that part off. Sending the same body twice leaves the same result. When the service
    answers 405 is not documented.

    Route:
        ``PUT /htc/workspaces/{workspaceId}/task-retention-policy``

    Args:
        workspace_id: Identifier of the workspace, as in the `workspaceId` claim of a bearer token.
        payload: The body: a model, or plain JSON.

    Returns:
        ``WorkspaceTaskRetentionPolicy``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.workspace.replace_workspace_task_retention_policy.call(workspace_id, payload))


async def post_oauth_token(session: AsyncSession) -> OAuth2Token:
    """Not implemented: use post_oauth2_token of the same module.

    Route:
        ``POST /oauth2/token``

    Raises:
        HtcNotImplementedError: Always.
    """
    raise HtcNotImplementedError(
        "post_oauth_token is not implemented, as its reference says. Use post_oauth2_token of the same module."
    )


async def post_oauth2_token(
    session: AsyncSession,
    *,
    authorization_header: str | None = None,
) -> OAuth2Token:
    """Get an access token in the OAuth 2.0 form

    Returns an access token under the field names of OAuth 2.0. Which grant types and form fields the
    route expects is not documented by the service, so no request body is described here; `/auth/token`
    is the documented way to a bearer token. A 400 holds the reason as an error code.

    Route:
        ``POST /oauth2/token``

    Args:
        authorization_header: Value of an Authorization header; None sends none.

    Returns:
        ``OAuth2Token``

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return await session.send(routes.token.create_oauth2_token.call(authorization=authorization_header))


# Not as decorators, so that editors and type checkers see the plain functions.
for _name in __all__:
    globals()[_name] = takes_session(globals()[_name], "async")
