# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .rescale_region import RescaleRegion


class HTCRegionStorageSettings(Model):
    """Where the files of a project are kept."""

    storage_region: RescaleRegion | str | None = field("storageRegion", default=None)
    """Region in which files are kept."""
