# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Record, field
from .htc_log_event import HTCLogEvent


class HTCJobLogs(Record):
    """One page of a job's output. It can be empty and still have a `next`, so only a page without `next`
    is the last one.
    """

    items: list[HTCLogEvent] = field("items")
    """The lines of this page."""
    next: str | None = field("next", default=None)
    """URL of the next page, absent on the last one. Follow it unchanged, and only to the same origin."""
