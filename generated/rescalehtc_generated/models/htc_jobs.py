# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Record, field
from .htc_job import HTCJob


class HTCJobs(Record):
    """One page of jobs."""

    items: list[HTCJob] = field("items")
    """The jobs of this page."""
    next: str | None = field("next", default=None)
    """URL of the next page, absent on the last one. Follow it unchanged, and only to the same origin."""
