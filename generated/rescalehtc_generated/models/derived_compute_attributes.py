# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""DerivedComputeAttributes: see the class."""

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
from .architecture import Architecture, architecture_members, read_architecture


@attrs.define(kw_only=True, repr=False)
class DerivedComputeAttributes(Model):
    """What follows from the machine type. Filled in by the service."""

    architecture: Architecture | str | None = None
    """Processor architecture of the machine."""
    memory: float | None = None
    """Memory of the machine. The unit is not documented by the service."""
    swap: bool | None = None
    """Whether the machine has swap space."""
    vcpus: int | None = None
    """Number of vCPUs of the machine."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "architecture": "architecture",
        "memory": "memory",
        "swap": "swap",
        "vCPUs": "vcpus",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 4 else _NAMES | data
        try:
            model.architecture = architecture_members[sent["architecture"]]
            model.memory = sent["memory"]
            model.swap = sent["swap"]
            model.vcpus = sent["vCPUs"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_derived_compute_attributes = model_reader(DerivedComputeAttributes)
_NAMES = wire_names(DerivedComputeAttributes)
_LAYOUTS = Layouts(DerivedComputeAttributes.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "architecture": read_architecture,
    }
