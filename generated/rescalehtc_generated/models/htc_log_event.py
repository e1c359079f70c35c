# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from datetime import datetime

from ..types import Model, field


class HTCLogEvent(Model):
    """One line of a job's output."""

    message: str = field("message")
    """The line."""
    timestamp: datetime | None = field("timestamp")
    """Time at which it was written."""
