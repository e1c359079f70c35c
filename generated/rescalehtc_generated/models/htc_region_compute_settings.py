# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .rescale_region import RescaleRegion


class HTCRegionComputeSettings(Model):
    """Where the jobs of a project run."""

    compute_region: RescaleRegion | str | None = field("computeRegion", default=None)
    """Region in which jobs run."""
