# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCProjectLimit: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any, ClassVar

import attrs

from ..types import (
    SURPRISES,
    Json,
    Layouts,
    Model,
    model_reader,
    moments,
    read_datetime,
    read_surprising,
    unknown_fields,
    wire_names,
    wire_values,
)
from .modifier_role import ModifierRole, modifier_role_members, read_modifier_role


@attrs.define(kw_only=True, repr=False)
class HTCProjectLimit(Model):
    """A limit of a project."""

    created_at: datetime | str | None = None
    """Time of creation."""
    created_by: str | None = None
    """Identifier of the user who created it."""
    id: int | None = None
    """Number of the limit, used in its path."""
    modifier_role: ModifierRole | str | None = None
    """Role in whose name the limit was set."""
    project_id: str | None = None
    """Identifier of the project."""
    updated_at: datetime | str | None = None
    """Time of the last change."""
    updated_by: str | None = None
    """Identifier of the user who last changed it."""
    vcpus: int
    """Number of vCPUs that all jobs together may use at the same time, 0 to 999999."""
    workspace_id: str | None = None
    """Identifier of the workspace."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "createdAt": "created_at",
        "createdBy": "created_by",
        "id": "id",
        "modifierRole": "modifier_role",
        "projectId": "project_id",
        "updatedAt": "updated_at",
        "updatedBy": "updated_by",
        "vCPUs": "vcpus",
        "workspaceId": "workspace_id",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 9 else _NAMES | data
        try:
            (
                model.created_at,
                model.created_by,
                model.id,
                model.modifier_role,
                model.project_id,
                model.updated_at,
                model.updated_by,
                model.vcpus,
                model.workspace_id,
            ) = _values(sent)
            model.created_at = moments[model.created_at]
            model.modifier_role = modifier_role_members[model.modifier_role]
            model.updated_at = moments[model.updated_at]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_project_limit = model_reader(HTCProjectLimit)
_NAMES = wire_names(HTCProjectLimit)
_LAYOUTS = Layouts(HTCProjectLimit.WIRE_NAMES)
_values = itemgetter(*_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "createdAt": read_datetime,
        "modifierRole": read_modifier_role,
        "updatedAt": read_datetime,
    }
