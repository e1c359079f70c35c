# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .autoscaling_config import AutoscalingConfig


class HTCNodePool(Model):
    """A group of identical nodes in a cluster."""

    autoscaling: AutoscalingConfig | None = field("autoscaling", default=None)
    """How far the pool grows and shrinks."""
    instance_type: str | None = field("instanceType", default=None)
    """Machine type of the nodes."""
    name: str | None = field("name", default=None)
    """Name of the pool."""
    status: str | None = field("status", default=None)
    """Status of the pool. The values are not documented by the service."""
    version: str | None = field("version", default=None)
    """Version of the software on the nodes."""
