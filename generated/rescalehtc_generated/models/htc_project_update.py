# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCProjectUpdate: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self, cast

import attrs

from ..types import (
    Model,
    model_reader,
    read_list,
    remember,
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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.regions = read_list(read_rescale_region, get("regions"))
        remember(model, data, _NAMES)
        return model


read_htc_project_update = model_reader(HTCProjectUpdate)
_NAMES = frozenset(HTCProjectUpdate.WIRE_NAMES)
