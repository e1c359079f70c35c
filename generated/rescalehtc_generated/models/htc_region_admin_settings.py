# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from datetime import datetime

from ..types import Model, field
from .architecture import Architecture
from .cloud_provider import CloudProvider
from .rescale_region import RescaleRegion


class HTCRegionAdminSettings(Model):
    """Settings of a workspace for one region."""

    cloud_provider: CloudProvider | str | None = field("cloudProvider", default=None)
    """Cloud provider of the region."""
    enabled: bool | None = field("enabled", default=None)
    """Whether jobs may run in the region."""
    region: RescaleRegion | str | None = field("region", default=None)
    """The region."""
    supported_architectures: list[Architecture | str] | None = field("supportedArchitectures", default=None)
    """Processor architectures that the region offers."""
    updated_at: datetime | None = field("updatedAt", default=None)
    """Time of the last change."""
    updated_by: str | None = field("updatedBy", default=None)
    """Identifier of the user who last changed it."""
    weight: float | None = field("weight", default=None)
    """Weight of the region. How it enters the choice of a region is not documented by the service."""
