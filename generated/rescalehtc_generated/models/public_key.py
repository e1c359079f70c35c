# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class PublicKey(Model):
    """A public key in an encoded form."""

    algorithm: str | None = field("algorithm", default=None)
    """Name of the key's algorithm."""
    encoded: str | None = field("encoded", default=None)
    """The encoded key. Its encoding is not documented by the service."""
    format: str | None = field("format", default=None)
    """Name of the encoding."""
