# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCProjectsResponse: see the class."""

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
    read_list,
    read_surprising,
    unknown_fields,
    wire_names,
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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 2 else _NAMES | data
        try:
            model.items = read_list(read_htc_project, sent["items"])
            model.next = sent["next"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_projects_response = model_reader(HTCProjectsResponse)
_NAMES = wire_names(HTCProjectsResponse)
_LAYOUTS = Layouts(HTCProjectsResponse.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "items": lambda item: read_list(read_htc_project, item),
    }
