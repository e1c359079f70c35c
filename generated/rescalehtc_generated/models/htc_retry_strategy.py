# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class HTCRetryStrategy(Model):
    """How often a failed job is tried again."""

    max_retries: int | None = field("maxRetries", default=None)
    """Number of further attempts after a failure, 0 to 10. The default is not documented by the service."""
