# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCProjectsResponse: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..types import (
    ABSENT,
    Json,
    Layouts,
    Model,
    model_reader,
    read_list,
    unknown_fields,
    wire_values,
)
from .htc_project import HTCProject, read_htc_project


@attrs.define(kw_only=True, repr=False)
class HTCProjectsResponse(Model):
    """One page of projects."""

    items: list[HTCProject]
    """The projects of this page."""
    next: str | None = None
    """URL of the next page, left out on the last one. Follow it as it is, and only to the same origin."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "items": "items",
        "next": "next",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.items = read_list(read_htc_project, get("items", ABSENT))
        model.next = get("next")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_projects_response = model_reader(HTCProjectsResponse)
_LAYOUTS = Layouts(HTCProjectsResponse.WIRE_NAMES)
