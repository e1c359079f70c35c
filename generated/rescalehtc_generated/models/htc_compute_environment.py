# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCComputeEnvironment: see the class."""

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
from .autoscaling_profile import AutoscalingProfile, read_autoscaling_profile
from .derived_compute_attributes import DerivedComputeAttributes, read_derived_compute_attributes
from .job_priority import JobPriority, read_job_priority
from .rescale_region import RescaleRegion, read_rescale_region


@attrs.define(kw_only=True, repr=False)
class HTCComputeEnvironment(Model):
    """One combination of machine type, region, priority and hyperthreading in which jobs may run."""

    compute_scaling_policy: AutoscalingProfile | str | None = None
    """How the cluster behind it grows and shrinks."""
    derived: DerivedComputeAttributes | None = None
    """What follows from the machine type."""
    hyperthreading: bool | None = None
    """Whether two vCPUs share one core."""
    machine_type: str | None = None
    """Machine type under its provider's name."""
    priority: JobPriority | str | None = None
    """Priority of the capacity."""
    region: RescaleRegion | str | None = None
    """Region of the machines."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "computeScalingPolicy": "compute_scaling_policy",
        "derived": "derived",
        "hyperthreading": "hyperthreading",
        "machineType": "machine_type",
        "priority": "priority",
        "region": "region",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.compute_scaling_policy = read_autoscaling_profile(get("computeScalingPolicy"))
        model.derived = read_derived_compute_attributes(get("derived"))
        model.hyperthreading = get("hyperthreading")
        model.machine_type = get("machineType")
        model.priority = read_job_priority(get("priority"))
        model.region = read_rescale_region(get("region"))
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_compute_environment = model_reader(HTCComputeEnvironment)
_LAYOUTS = Layouts(HTCComputeEnvironment.WIRE_NAMES)
