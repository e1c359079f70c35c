# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class HTCRequestError(Model):
    """Error in one of the two forms that the service uses: request errors (400) and jobs that do not exist
    (404).
    """

    error_description: str | None = field("errorDescription", default=None)
    """What was wrong, in words."""
    error_type: str | None = field("errorType", default=None)
    """Kind of error, as a word for programs to compare. The set of values is not documented by the
    service.
    """
    message: str | None = field("message", default=None)
    """Further details, often null."""
