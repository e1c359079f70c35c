# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""JobStatusSummaryPage: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self, cast

import attrs

from ..types import (
    Model,
    model_reader,
    read_list,
    remember,
    unknown_fields,
    wire_values,
)
from .job_status_summary import JobStatusSummary, read_job_status_summary


@attrs.define(kw_only=True, repr=False)
class JobStatusSummaryPage(Model):
    """One page of counts, one entry for each group."""

    items: list[JobStatusSummary]
    """The counts of this page."""
    next: str | None = None
    """URL of the next page, left out on the last one. Follow it as it is, and only to the same origin."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "items": "items",
        "next": "next",
    }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.items = read_list(read_job_status_summary, get("items"))
        model.next = get("next")
        remember(model, data, _NAMES)
        return model


read_job_status_summary_page = model_reader(JobStatusSummaryPage)
_NAMES = frozenset(JobStatusSummaryPage.WIRE_NAMES)
