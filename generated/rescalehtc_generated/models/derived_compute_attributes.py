# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""DerivedComputeAttributes: see the class."""

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
from .architecture import Architecture, read_architecture


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
        get = data.get
        model = cls.__new__(cls)
        model.architecture = read_architecture(get("architecture"))
        model.memory = get("memory")
        model.swap = get("swap")
        model.vcpus = get("vCPUs")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_derived_compute_attributes = model_reader(DerivedComputeAttributes)
_LAYOUTS = Layouts(DerivedComputeAttributes.WIRE_NAMES)
