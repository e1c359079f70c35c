# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""Workspace: see the class."""

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
class Workspace(Model):
    """A workspace."""

    id: str | None = None
    """Identifier of the workspace."""
    name: str | None = None
    """Name of the workspace."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "name": "name",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.id = get("id")
        model.name = get("name")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_workspace = model_reader(Workspace)
_LAYOUTS = Layouts(Workspace.WIRE_NAMES)
