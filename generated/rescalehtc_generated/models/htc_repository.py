# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRepository: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, ClassVar

import attrs

from ..types import (
    SURPRISES,
    Json,
    Layouts,
    Model,
    model_reader,
    read_surprising,
    unknown_fields,
    wire_names,
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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 6 else _NAMES | data
        try:
            model.created_by = sent["createdBy"]
            model.project_id = sent["projectId"]
            model.registry_uri = sent["registryURI"]
            model.repository_name = sent["repositoryName"]
            model.successfully_created = sent["successfullyCreated"]
            model.workspace_id = sent["workspaceId"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_repository = model_reader(HTCRepository)
_NAMES = wire_names(HTCRepository)
_LAYOUTS = Layouts(HTCRepository.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
