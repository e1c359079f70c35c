# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class JobExecutionEnvironment(Model):
    """The machine that ran a job."""

    architecture: float | None = field("architecture", default=None)
    """Processor architecture as a number. The meaning of the numbers is not documented by the service."""
    instance_id: str | None = field("instanceId", default=None)
    """Identifier of the machine at the cloud provider."""
    instance_type: str | None = field("instanceType", default=None)
    """Machine type under its provider's name."""
