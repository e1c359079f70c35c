# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCWorkspaceLimit: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 6 else _NAMES | data
        try:
            model.created_at = moments[sent["createdAt"]]
            model.created_by = sent["createdBy"]
            model.updated_at = moments[sent["updatedAt"]]
            model.updated_by = sent["updatedBy"]
            model.vcpus = sent["vCPUs"]
            model.workspace_id = sent["workspaceId"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_workspace_limit = model_reader(HTCWorkspaceLimit)
_NAMES = wire_names(HTCWorkspaceLimit)
_LAYOUTS = Layouts(HTCWorkspaceLimit.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "createdAt": read_datetime,
        "updatedAt": read_datetime,
    }
