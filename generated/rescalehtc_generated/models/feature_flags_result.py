# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .rescale_flag import RescaleFlag


class FeatureFlagsResult(Model):
    """Feature flags of a user."""

    count: int | None = field("count", default=None)
    """Number of flags."""
    results: list[RescaleFlag] | None = field("results", default=None)
    """The flags."""
