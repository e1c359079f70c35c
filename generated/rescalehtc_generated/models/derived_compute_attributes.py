# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .architecture import Architecture


class DerivedComputeAttributes(Model):
    """What follows from the machine type. Filled in by the service."""

    architecture: Architecture | str | None = field("architecture", default=None)
    """Processor architecture of the machine."""
    memory: float | None = field("memory", default=None)
    """Memory of the machine. The unit is not documented by the service."""
    swap: bool | None = field("swap", default=None)
    """Whether the machine has swap space."""
    vcpus: int | None = field("vCPUs", default=None)
    """Number of vCPUs of the machine."""
