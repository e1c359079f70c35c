# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .htc_region_compute_settings import HTCRegionComputeSettings
from .htc_region_storage_settings import HTCRegionStorageSettings


class HTCRegionSettings(Model):
    """A pair of compute and storage region of a project."""

    compute_settings: HTCRegionComputeSettings = field("computeSettings")
    """Where jobs run."""
    storage_settings: HTCRegionStorageSettings = field("storageSettings")
    """Where their files are kept."""
