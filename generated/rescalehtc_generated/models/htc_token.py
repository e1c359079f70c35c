# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class HTCToken(Model):
    """A bearer token with its lifetime."""

    expires_in: int = field("expiresIn")
    """Lifetime from now, in seconds; about 21600, that is six hours."""
    token_value: str = field("tokenValue", sensitive=True)
    """The bearer token, a JWT. A secret."""
