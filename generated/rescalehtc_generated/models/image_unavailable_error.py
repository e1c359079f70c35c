# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class ImageUnavailableError(Model):
    """Error for an image that the registry does not have, or does not have yet."""

    error: str | None = field("error", default=None)
    """Always `IMAGE_UNAVAILABLE`, as far as known."""
    message: str | None = field("message", default=None)
    """What to check, in words."""
