# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCComputeEnvironment: see the class."""

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
from .autoscaling_profile import AutoscalingProfile, autoscaling_profile_members, read_autoscaling_profile
from .derived_compute_attributes import (
    DerivedComputeAttributes,
    read_derived_compute_attributes,
)
from .job_priority import JobPriority, job_priority_members, read_job_priority
from .rescale_region import RescaleRegion, read_rescale_region, rescale_region_members


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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 6 else _NAMES | data
        try:
            model.compute_scaling_policy = autoscaling_profile_members[sent["computeScalingPolicy"]]
            model.derived = read_derived_compute_attributes(sent["derived"])
            model.hyperthreading = sent["hyperthreading"]
            model.machine_type = sent["machineType"]
            model.priority = job_priority_members[sent["priority"]]
            model.region = rescale_region_members[sent["region"]]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_compute_environment = model_reader(HTCComputeEnvironment)
_NAMES = wire_names(HTCComputeEnvironment)
_LAYOUTS = Layouts(HTCComputeEnvironment.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "computeScalingPolicy": read_autoscaling_profile,
        "derived": read_derived_compute_attributes,
        "priority": read_job_priority,
        "region": read_rescale_region,
    }
