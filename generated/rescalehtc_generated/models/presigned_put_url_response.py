# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from datetime import datetime

from ..types import Model, field
from .presigned_url_parts import PresignedUrlParts
from .rescale_region import RescaleRegion


class PresignedPutUrlResponse(Model):
    """A URL with which one file can be written without further credentials."""

    expiration: datetime | None = field("expiration", default=None)
    """Time at which the URL expires."""
    region: RescaleRegion | str | None = field("region", default=None)
    """Region of the storage."""
    storage_name: str | None = field("storageName", default=None)
    """Name of the storage, such as a bucket."""
    url: str | PresignedUrlParts = field("url", sensitive=True)
    """The URL, a secret: a string or, as the description of the service says, the parts of one."""
