# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Record, field
from .job_status_summary import JobStatusSummary


class JobStatusSummaryPage(Record):
    """One page of counts, one entry for each group."""

    items: list[JobStatusSummary] = field("items")
    """The counts of this page."""
    next: str | None = field("next", default=None)
    """URL of the next page, absent on the last one. Follow it unchanged, and only to the same origin."""
