"""Projects: find and create them, and work with one.

The functions return :class:`HtcProject` objects, which the functions of the other modules take.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rescalehtc_generated.models.htc_limit_create import HTCLimitCreate
from rescalehtc_generated.models.htc_project import HTCProject

from . import api
from ._studies.compatibility import identifier, is_missing, to_json
from ._utils.protocols import Json
from ._utils.wire import WireNames
from .exceptions import HtcException

if TYPE_CHECKING:
    from .htcsession import HtcSession

__all__ = ["HtcProject", "create_project_with_name", "get_project_with_id", "get_project_with_name", "get_projects"]

_PROJECT = WireNames(HTCProject)
_LIMIT = WireNames(HTCLimitCreate)

_ROLES = ("PROJECT_ADMIN", "WORKSPACE_ADMIN")


class HtcProject:
    """A project.

    Attributes:
        json: The project as the service describes it: a plain dictionary under the names of the API.
    """

    def __init__(self, json: Json) -> None:
        self.json: Json = json

    def __repr__(self) -> str:
        return f"HtcProject(name={self.json.get(_PROJECT.project_name)!r}, id={self.json.get(_PROJECT.project_id)!r})"

    @property
    def project_id(self) -> str:
        """Identifier of the project."""
        return identifier(self.json, _PROJECT.project_id)

    def get_limits(self, rescale: HtcSession) -> list[Json]:
        """The limits that are set on this project, as plain dictionaries.

        Raises:
            HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
        """
        return [to_json(limit) for limit in api.get_htc_projects_limits(rescale, self.project_id)]

    def set_vcpu_limit(self, rescale: HtcSession, modifier_role: str, vcpu_limit: int) -> Json:
        """Limit how many vCPUs the jobs of this project use at a time; a limit of the same role is replaced.

        Args:
            rescale: Session to use.
            modifier_role: ``PROJECT_ADMIN`` or ``WORKSPACE_ADMIN``, a role that the user must have.
            vcpu_limit: Number of vCPUs, at least 1.

        Returns:
            The limit as the service describes it.

        Raises:
            HtcException: An argument is not acceptable, or the request fails.
        """
        if modifier_role not in _ROLES:
            raise HtcException(f"modifier_role must be one of {', '.join(_ROLES)}, not {modifier_role!r}.")
        if not vcpu_limit > 0:
            raise HtcException(f"vcpu_limit must be at least 1, not {vcpu_limit}.")
        limit = api.post_htc_projects_limits(
            rescale, self.project_id, {_LIMIT.modifier_role: modifier_role, _LIMIT.vcpus: vcpu_limit}
        )
        return to_json(limit)


def get_projects(rescale: HtcSession) -> list[HtcProject]:
    """All projects of the workspace that the user may see.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    return [HtcProject(to_json(project)) for project in api.get_htc_projects(rescale)]


def get_project_with_name(rescale: HtcSession, project_name: str) -> HtcProject | None:
    """The project of this name, None if there is none.

    Raises:
        HtcException: Several projects have this name, or the request fails.
    """
    found = [project for project in get_projects(rescale) if project.json.get(_PROJECT.project_name) == project_name]
    if len(found) > 1:
        ids = ", ".join(str(project.json.get(_PROJECT.project_id)) for project in found)
        raise HtcException(f"{len(found)} projects have the name {project_name!r}: {ids}. Use get_project_with_id.")
    return found[0] if found else None


def get_project_with_id(rescale: HtcSession, project_id: str) -> HtcProject | None:
    """The project with this identifier, None if there is none.

    Raises:
        HtcException: If the request fails for another reason; see :mod:`rescalehtc.exceptions`.
    """
    try:
        return HtcProject(to_json(api.get_htc_projects(rescale, project_id=project_id)))
    except HtcException as error:
        if is_missing(error):
            return None
        raise


def create_project_with_name(rescale: HtcSession, project_name: str, project_description: str = "") -> HtcProject:
    """Create a project.

    Args:
        rescale: Session to use.
        project_name: Name of the project; need not be unique.
        project_description: What the project is for, free text.

    Raises:
        HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
    """
    project = api.post_htc_projects(
        rescale, {_PROJECT.project_name: project_name, _PROJECT.project_description: project_description}
    )
    return HtcProject(to_json(project))
