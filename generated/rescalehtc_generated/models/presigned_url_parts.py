# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from typing import Any

from ..types import Model, field


class PresignedUrlParts(Model):
    """A URL in its parts, as in the description of the service."""

    authority: str | None = field("authority", default=None, sensitive=True)
    """Host and port, after the credentials of a URL that has them."""
    content: Any = field("content", default=None, sensitive=True)
    """Content behind the URL. Meaning not documented by the service."""
    default_port: int | None = field("defaultPort", default=None)
    """Usual port of the protocol."""
    file: str | None = field("file", default=None, sensitive=True)
    """Path and query; the query of a presigned URL holds its signature."""
    hash_code: int | None = field("hashCode", default=None)
    """Number without meaning for callers."""
    host: str | None = field("host", default=None)
    """Host."""
    port: int | None = field("port", default=None)
    """Port of the URL."""
    protocol: str | None = field("protocol", default=None)
    """Scheme, such as `https`."""
    ref: str | None = field("ref", default=None, sensitive=True)
    """Fragment."""
    serialized_hash_code: int | None = field("serializedHashCode", default=None)
    """Number without meaning for callers."""
