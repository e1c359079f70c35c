# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""JobStatusSummary: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self, cast

import attrs

from ..types import (
    Model,
    model_reader,
    remember,
    unknown_fields,
    wire_values,
)


@attrs.define(kw_only=True, repr=False)
class JobStatusSummary(Model):
    """How many jobs are in each status."""

    group: str | None = None
    """Name of the group counted; can be null or missing, as in the counts of a whole task."""
    job_statuses: dict[str, int]
    """Number of jobs by status. All seven statuses that do not begin with POD are present, even when zero;
    accept others.
    """

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "group": "group",
        "jobStatuses": "job_statuses",
    }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.group = get("group")
        model.job_statuses = get("jobStatuses")
        remember(model, data, _NAMES)
        return model


read_job_status_summary = model_reader(JobStatusSummary)
_NAMES = frozenset(JobStatusSummary.WIRE_NAMES)
