# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .htc_cluster import HTCCluster


class HTCClusterStatusResponse(Model):
    """The clusters of a workspace on Google Cloud."""

    clusters: list[HTCCluster] | None = field("clusters", default=None)
    """The clusters."""
    gcp_project_id: str | None = field("gcpProjectId", default=None)
    """Identifier of the Google Cloud project that holds them."""
