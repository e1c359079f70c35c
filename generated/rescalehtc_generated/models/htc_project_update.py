# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCProjectUpdate: see the class."""

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
from .rescale_region import RescaleRegion, read_rescale_region


@attrs.define(kw_only=True, repr=False)
class HTCProjectUpdate(Model):
    """Change to a project."""

    regions: list[RescaleRegion | str] | None = None
    """The new list of regions of the project."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "regions": "regions",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 1 else _NAMES | data
        try:
            model.regions = read_list(read_rescale_region, sent["regions"])
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_project_update = model_reader(HTCProjectUpdate)
_NAMES = wire_names(HTCProjectUpdate)
_LAYOUTS = Layouts(HTCProjectUpdate.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "regions": lambda item: read_list(read_rescale_region, item),
    }
