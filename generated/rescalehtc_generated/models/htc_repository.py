# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRepository: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..types import (
    Json,
    Layouts,
    Model,
    model_reader,
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
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.created_by = get("createdBy")
        model.project_id = get("projectId")
        model.registry_uri = get("registryURI")
        model.repository_name = get("repositoryName")
        model.successfully_created = get("successfullyCreated")
        model.workspace_id = get("workspaceId")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_repository = model_reader(HTCRepository)
_LAYOUTS = Layouts(HTCRepository.WIRE_NAMES)
