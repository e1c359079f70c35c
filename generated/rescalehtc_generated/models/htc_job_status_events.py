# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Record, field
from .rescale_job_status_event import RescaleJobStatusEvent


class HTCJobStatusEvents(Record):
    """One page of status changes."""

    items: list[RescaleJobStatusEvent] = field("items")
    """The events of this page."""
    next: str | None = field("next", default=None)
    """URL of the next page, absent on the last one. Follow it unchanged, and only to the same origin."""
