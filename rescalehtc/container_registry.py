"""The container registry of a project: images, repositories and the credentials to push to it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rescalehtc_generated.models.htc_image_status import HTCImageStatus
from rescalehtc_generated.models.htc_images import HTCImages
from rescalehtc_generated.models.htc_project import HTCProject
from rescalehtc_generated.models.image_readiness import ImageReadiness

from . import api
from ._records.odd_values import entries, text
from ._studies.compatibility import require, to_json, to_model
from ._studies.docker import check_image_name, image_id, run_docker
from ._utils.protocols import Json
from ._utils.wire import WireNames
from .exceptions import HtcException, HtcNotImplementedError
from .htcprojects import HtcProject

if TYPE_CHECKING:
    from .htcsession import HtcSession

__all__ = ["HtcContainerRegistry", "get_container_registry"]

_PROJECT = WireNames(HTCProject)
_IMAGE = WireNames(HTCImageStatus)

TOKEN_FRESH_SECONDS = 30 * 60.0
"""How long a registry token is used. The service does not say how long it is valid; registries use hours."""

_ID_DIGITS = 10


class HtcContainerRegistry:
    """The container registry of a project.

    Attributes:
        project: The project.
        registry_url: Address of the registry, to which the name of an image is appended.
        login_method: ``username_token`` if docker can log in with :attr:`username` and :meth:`get_token`,
            ``unknown`` for a registry of a kind that this version does not know.
        username: User name to log in with; empty if the kind is not known.
    """

    def __init__(self, project: HtcProject, registry_url: str, login_method: str, username: str, token: str) -> None:
        self.project = project
        self.registry_url = registry_url
        self.login_method = login_method
        self.username = username
        self._token = token
        self._token_at = time.monotonic()

    def __repr__(self) -> str:
        return (
            f"HtcContainerRegistry(project={self.project.json.get(_PROJECT.project_name)!r}, url={self.registry_url!r})"
        )

    def get_images(self, rescale: HtcSession) -> list[str]:
        """Names of all images in the registry.

        Raises:
            HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
        """
        images = api.get_htc_projects_container_registry_images(rescale, self.project.project_id)
        return list(to_model(HTCImages, images).images or ())

    def get_image(self, rescale: HtcSession, image_name: str) -> Json:
        """The image as the service describes it, with its ``status``: ``PENDING`` or ``READY``.

        Raises:
            HtcNotFoundError: There is no such image.
            HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
        """
        return to_json(api.get_htc_projects_container_registry_images(rescale, self.project.project_id, image_name))

    def is_image_ready(self, rescale: HtcSession, image_name: str) -> bool:
        """Whether jobs can use an image. After a push it is copied to all clouds first.

        READY means that an image of this name is available, which need not be the one pushed last.

        Raises:
            HtcNotFoundError: There is no such image.
            HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
        """
        return self.get_image(rescale, image_name).get(_IMAGE.status) == ImageReadiness.READY

    def delete_image(self, rescale: HtcSession, image_name: str) -> bool:
        """Not supported: the API has no route that deletes images.

        Raises:
            HtcNotImplementedError: Always.
        """
        raise HtcNotImplementedError(
            f"The API cannot delete images, so {image_name} stays. Delete it in the cloud provider's registry."
        )

    def get_repos(self, rescale: HtcSession) -> list[str]:
        """Names of all repositories in the registry.

        Raises:
            HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
        """
        project = to_model(HTCProject, api.get_htc_projects(rescale, self.project.project_id))
        return entries(project.repositories, str)

    def create_repo(self, rescale: HtcSession, container_repo_name: str) -> Json:
        """Create a repository, unless it exists already.

        Returns:
            The repository as the service describes it; ``successfullyCreated`` is False if it existed.

        Raises:
            HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
        """
        return to_json(
            api.post_htc_projects_container_registry_repo(rescale, self.project.project_id, container_repo_name)
        )

    def get_token(self, rescale: HtcSession) -> str:
        """A token to log in with, renewed when it is older than 30 minutes.

        Raises:
            HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
        """
        if time.monotonic() - self._token_at > TOKEN_FRESH_SECONDS:
            self._token = api.get_htc_projects_container_registry_token(rescale, self.project.project_id)
            self._token_at = time.monotonic()
        return self._token

    def push_docker_image(
        self,
        rescale: HtcSession,
        local_image_name: str,
        remote_image_name: str | None = None,
        quiet: bool = False,
    ) -> str:
        """Push a local image with the docker command line, and create its repository if necessary.

        Args:
            rescale: Session to use.
            local_image_name: Name of the local image, with its tag.
            remote_image_name: Its name in the registry, with a tag. None appends a part of the image's
                identifier to the local name: a new image under an old name may be used before it is copied
                everywhere.
            quiet: Whether to hide what docker prints.

        Returns:
            Name of the image in the registry, to be used for jobs.

        Raises:
            HtcException: A name is not acceptable, docker cannot be run or fails, the registry is of an unknown
                kind, or a request fails.
        """
        if not self.username:
            raise HtcException(
                f"This version cannot log in to the registry {self.registry_url}, only to those of AWS. "
                "Log in and push yourself."
            )
        check_image_name(local_image_name)
        if remote_image_name is None:
            remote_image_name = f"{local_image_name}-{image_id(local_image_name)[:_ID_DIGITS]}"
        check_image_name(remote_image_name)
        target = f"{self.registry_url}{remote_image_name}"

        self.create_repo(rescale, remote_image_name.partition(":")[0])
        login = ["login", self.registry_url, "--username", self.username, "--password-stdin"]
        run_docker(login, "log in to the registry", secret=self.get_token(rescale), quiet=quiet)
        run_docker(["tag", local_image_name, target], "tag the image", quiet=quiet)
        run_docker(["push", target], "push the image", quiet=quiet)
        return remote_image_name


def get_container_registry(rescale: HtcSession, project: HtcProject) -> HtcContainerRegistry:
    """The container registry of a project, with a token to log in.

    Raises:
        HtcException: An argument is not acceptable, or the request fails.
    """
    require(project, HtcProject, "project")
    token = api.get_htc_projects_container_registry_token(rescale, project.project_id)
    url = text(project.json.get(_PROJECT.container_registry))
    if "aws.com" in url:
        return HtcContainerRegistry(project, url, "username_token", "AWS", token)
    return HtcContainerRegistry(project, url, "unknown", "", token)
