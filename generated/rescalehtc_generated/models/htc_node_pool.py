# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCNodePool: see the class."""

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
from .autoscaling_config import AutoscalingConfig, read_autoscaling_config


@attrs.define(kw_only=True, repr=False)
class HTCNodePool(Model):
    """A group of equal nodes in a cluster."""

    autoscaling: AutoscalingConfig | None = None
    """How far the pool grows and shrinks."""
    instance_type: str | None = None
    """Machine type of the nodes."""
    name: str | None = None
    """Name of the pool."""
    status: str | None = None
    """Status of the pool. The values are not documented by the service."""
    version: str | None = None
    """Version of the software on the nodes."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "autoscaling": "autoscaling",
        "instanceType": "instance_type",
        "name": "name",
        "status": "status",
        "version": "version",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.autoscaling = read_autoscaling_config(get("autoscaling"))
        model.instance_type = get("instanceType")
        model.name = get("name")
        model.status = get("status")
        model.version = get("version")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_node_pool = model_reader(HTCNodePool)
_LAYOUTS = Layouts(HTCNodePool.WIRE_NAMES)
