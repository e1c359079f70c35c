# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .autoscaling_profile import AutoscalingProfile
from .htc_node_pool import HTCNodePool
from .rescale_region import RescaleRegion


class HTCCluster(Model):
    """A cluster on Google Cloud."""

    autoscaling: AutoscalingProfile | str | None = field("autoscaling", default=None)
    """How readily the cluster shrinks."""
    name: str | None = field("name", default=None)
    """Name of the cluster."""
    node_pools: list[HTCNodePool] | None = field("nodePools", default=None)
    """Node pools of the cluster."""
    region: RescaleRegion | str | None = field("region", default=None)
    """Region of the cluster."""
    status: str | None = field("status", default=None)
    """Status of the cluster. The values are not documented by the service."""
    subnetwork: str | None = field("subnetwork", default=None)
    """Name of the cluster's subnetwork."""
    version: str | None = field("version", default=None)
    """Version of the cluster's software."""
