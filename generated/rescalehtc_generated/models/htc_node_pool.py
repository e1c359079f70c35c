# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCNodePool: see the class."""

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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 5 else _NAMES | data
        try:
            model.autoscaling = read_autoscaling_config(sent["autoscaling"])
            model.instance_type = sent["instanceType"]
            model.name = sent["name"]
            model.status = sent["status"]
            model.version = sent["version"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_node_pool = model_reader(HTCNodePool)
_NAMES = wire_names(HTCNodePool)
_LAYOUTS = Layouts(HTCNodePool.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "autoscaling": read_autoscaling_config,
    }
