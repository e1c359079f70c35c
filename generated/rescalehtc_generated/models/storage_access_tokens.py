# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .rescale_region import RescaleRegion
from .storage_access_token import StorageAccessToken


class StorageAccessTokens(Model):
    """Temporary storage credentials for all regions."""

    default_region: RescaleRegion | str | None = field("defaultRegion", default=None)
    """Region to use unless there is a reason for another."""
    region_stores: list[StorageAccessToken] = field("regionStores")
    """One set of credentials for each region."""
