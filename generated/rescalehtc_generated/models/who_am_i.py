# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .feature_flags_result import FeatureFlagsResult
from .rescale_user import RescaleUser


class WhoAmI(Model):
    """The user behind a credential."""

    user: RescaleUser | None = field("user", default=None)
    """The user."""
    user_features: FeatureFlagsResult | None = field("userFeatures", default=None)
    """Feature flags of the user."""
