# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""AutoscalingConfig: see the class."""

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
        get = data.get
        model = cls.__new__(cls)
        model.enabled = get("enabled")
        model.max_node_count = get("maxNodeCount")
        model.min_node_count = get("minNodeCount")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_autoscaling_config = model_reader(AutoscalingConfig)
_LAYOUTS = Layouts(AutoscalingConfig.WIRE_NAMES)
