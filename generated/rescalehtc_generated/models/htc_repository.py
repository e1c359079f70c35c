# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRepository: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self, cast

import attrs

from ..types import (
    Model,
    model_reader,
    remember,
    unknown_fields,
    wire_values,
)


@attrs.define(kw_only=True, repr=False)
class HTCRepository(Model):
    """A repository in a project's container registry."""

    created_by: str | None = None
    """Identifier of the user who created it."""
    project_id: str | None = None
    """Identifier of the project."""
    registry_uri: str | None = None
    """Address under which images can be pushed."""
    repository_name: str | None = None
    """Name of the repository."""
    successfully_created: bool | None = None
    """True when this call created the repository, false when it existed already."""
    workspace_id: str | None = None
    """Identifier of the workspace."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "createdBy": "created_by",
        "projectId": "project_id",
        "registryURI": "registry_uri",
        "repositoryName": "repository_name",
        "successfullyCreated": "successfully_created",
        "workspaceId": "workspace_id",
    }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.created_by = get("createdBy")
        model.project_id = get("projectId")
        model.registry_uri = get("registryURI")
        model.repository_name = get("repositoryName")
        model.successfully_created = get("successfullyCreated")
        model.workspace_id = get("workspaceId")
        remember(model, data, _NAMES)
        return model


read_htc_repository = model_reader(HTCRepository)
_NAMES = frozenset(HTCRepository.WIRE_NAMES)
