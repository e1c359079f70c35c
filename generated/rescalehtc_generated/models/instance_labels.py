# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class InstanceLabels(Model):
    """Labels of the machine that ran a job."""

    account_id: str | None = field("accountId", default=None)
    """Identifier of the account at the cloud provider."""
    csp: str | None = field("csp", default=None)
    """Name of the cloud provider."""
    instance_architecture: str | None = field("instanceArchitecture", default=None)
    """Processor architecture of the machine."""
    instance_type: str | None = field("instanceType", default=None)
    """Machine type under its provider's name."""
    priority: str | None = field("priority", default=None)
    """Priority of the capacity."""
    region: str | None = field("region", default=None)
    """Region of the machine."""
