# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""AutoscalingConfig: see the class."""

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
    read_surprising,
    unknown_fields,
    wire_names,
    wire_values,
)


@attrs.define(kw_only=True, repr=False)
class AutoscalingConfig(Model):
    """How far a node pool grows and shrinks by itself."""

    enabled: bool | None = None
    """Whether the pool grows and shrinks by itself."""
    max_node_count: int | None = None
    """Largest number of nodes."""
    min_node_count: int | None = None
    """Smallest number of nodes."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "enabled": "enabled",
        "maxNodeCount": "max_node_count",
        "minNodeCount": "min_node_count",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 3 else _NAMES | data
        try:
            model.enabled = sent["enabled"]
            model.max_node_count = sent["maxNodeCount"]
            model.min_node_count = sent["minNodeCount"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_autoscaling_config = model_reader(AutoscalingConfig)
_NAMES = wire_names(AutoscalingConfig)
_LAYOUTS = Layouts(AutoscalingConfig.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
