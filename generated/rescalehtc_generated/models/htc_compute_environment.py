# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .autoscaling_profile import AutoscalingProfile
from .derived_compute_attributes import DerivedComputeAttributes
from .job_priority import JobPriority
from .rescale_region import RescaleRegion


class HTCComputeEnvironment(Model):
    """One combination of machine type, region, priority and hyperthreading in which jobs may run."""

    compute_scaling_policy: AutoscalingProfile | str | None = field("computeScalingPolicy", default=None)
    """How the cluster behind it grows and shrinks."""
    derived: DerivedComputeAttributes | None = field("derived", default=None)
    """What follows from the machine type."""
    hyperthreading: bool | None = field("hyperthreading", default=None)
    """Whether two vCPUs share one core."""
    machine_type: str | None = field("machineType", default=None)
    """Machine type under its provider's name."""
    priority: JobPriority | str | None = field("priority", default=None)
    """Priority of the capacity."""
    region: RescaleRegion | str | None = field("region", default=None)
    """Region of the machines."""
