# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""ImageReadiness: see the class."""

from __future__ import annotations

from enum import StrEnum

from ..types import Members, enum_reader


class ImageReadiness(StrEnum):
    """PENDING while an image is copied to all clouds, then READY. The service can add values."""

    READY = "READY"
    PENDING = "PENDING"


image_readiness_members = Members(ImageReadiness)
read_image_readiness = enum_reader(image_readiness_members, str)
