# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .rescale_region import RescaleRegion


class HTCProjectUpdate(Model):
    """Change to a project."""

    regions: list[RescaleRegion | str] | None = field("regions", default=None)
    """The new list of regions of the project."""
