# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from enum import StrEnum


class ImageReadiness(StrEnum):
    """PENDING while an image is copied to all clouds, then READY. The service can add values."""

    READY = "READY"
    PENDING = "PENDING"
