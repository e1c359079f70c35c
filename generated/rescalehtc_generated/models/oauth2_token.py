# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class OAuth2Token(Model):
    """An access token under the field names of OAuth 2.0."""

    access_token: str = field("access_token", sensitive=True)
    """The access token. A secret."""
    expires_in: int | None = field("expires_in", default=None)
    """Lifetime from now, in seconds."""
    token_type: str | None = field("token_type", default=None)
    """How to send the token, usually `Bearer`."""
