# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .cloud_provider import CloudProvider
from .rescale_region import RescaleRegion


class RegionStorageOption(Model):
    """Storage of a workspace in one region."""

    provider: CloudProvider | str | None = field("provider", default=None)
    """Cloud provider of the storage."""
    region: RescaleRegion | str | None = field("region", default=None)
    """Region of the storage."""
    storage_name: str | None = field("storageName", default=None)
    """Name of the storage, such as a bucket."""
