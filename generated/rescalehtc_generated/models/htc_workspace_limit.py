# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCWorkspaceLimit: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from ..types import (
    ABSENT,
    UNUSUAL,
    Json,
    Layouts,
    Model,
    model_reader,
    moments,
    read_unusual,
    unknown_fields,
    wire_values,
)


@attrs.define(kw_only=True, repr=False)
class HTCWorkspaceLimit(Model):
    """The limit of a workspace."""

    created_at: datetime | str | None = None
    """Time of creation."""
    created_by: str | None = None
    """Identifier of the user who created it."""
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
        "updatedAt": "updated_at",
        "updatedBy": "updated_by",
        "vCPUs": "vcpus",
        "workspaceId": "workspace_id",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.created_by = get("createdBy")
        model.updated_by = get("updatedBy")
        model.vcpus = get("vCPUs", ABSENT)
        model.workspace_id = get("workspaceId")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        try:
            model.created_at = moments[get("createdAt")]
            model.updated_at = moments[get("updatedAt")]
        except UNUSUAL:
            read_unusual(model, data, _TIMESTAMPS)
        return model


read_htc_workspace_limit = model_reader(HTCWorkspaceLimit)
_LAYOUTS = Layouts(HTCWorkspaceLimit.WIRE_NAMES)
_TIMESTAMPS = (
    "createdAt",
    "updatedAt",
)
