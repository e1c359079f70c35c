# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .regional_store import RegionalStore
from .rescale_region import RescaleRegion


class RegionalStorageResponse(Model):
    """Storage of a task in all regions."""

    regional_stores: list[RegionalStore] | None = field("regionalStores", default=None)
    """One store for each region."""
    rescale_region: RescaleRegion | str | None = field("rescaleRegion", default=None)
    """Region that the response is for. Meaning not documented by the service."""
