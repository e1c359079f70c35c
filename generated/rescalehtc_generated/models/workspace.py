# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""Workspace: see the class."""

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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.id = get("id")
        model.name = get("name")
        remember(model, data, _NAMES)
        return model


read_workspace = model_reader(Workspace)
_NAMES = frozenset(Workspace.WIRE_NAMES)
