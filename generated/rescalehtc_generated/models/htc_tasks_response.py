# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Record, field
from .htc_task import HTCTask


class HTCTasksResponse(Record):
    """One page of tasks."""

    items: list[HTCTask] = field("items")
    """The tasks of this page."""
    next: str | None = field("next", default=None)
    """URL of the next page, absent on the last one. Follow it unchanged, and only to the same origin."""
