# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class OAuth2ErrorResponse(Model):
    """Error in the other form that the service uses: token requests, and most things that do not exist
    (404).
    """

    error: str | None = field("error", default=None)
    """Kind of error, as a word for programs to compare. The set of values is not documented by the
    service.
    """
    error_description: str | None = field("errorDescription", default=None)
    """What was wrong, in words."""
