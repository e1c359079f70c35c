# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Record, field
from .htc_project import HTCProject


class HTCProjectsResponse(Record):
    """One page of projects."""

    items: list[HTCProject] = field("items")
    """The projects of this page."""
    next: str | None = field("next", default=None)
    """URL of the next page, absent on the last one. Follow it unchanged, and only to the same origin."""
