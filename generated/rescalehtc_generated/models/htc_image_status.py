# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .image_readiness import ImageReadiness


class HTCImageStatus(Model):
    """Whether an image is ready."""

    status: ImageReadiness | str = field("status")
    """PENDING while it is copied, READY for use."""
