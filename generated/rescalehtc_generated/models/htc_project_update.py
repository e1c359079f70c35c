# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCProjectUpdate: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..types import (
    Json,
    Layouts,
    Model,
    model_reader,
    read_list,
    unknown_fields,
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
        get = data.get
        model = cls.__new__(cls)
        model.regions = read_list(read_rescale_region, get("regions"))
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_project_update = model_reader(HTCProjectUpdate)
_LAYOUTS = Layouts(HTCProjectUpdate.WIRE_NAMES)
