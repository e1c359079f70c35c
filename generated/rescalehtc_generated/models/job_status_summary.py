# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""JobStatusSummary: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..types import (
    ABSENT,
    Json,
    Layouts,
    Model,
    model_reader,
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
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.group = get("group")
        model.job_statuses = get("jobStatuses", ABSENT)
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_job_status_summary = model_reader(JobStatusSummary)
_LAYOUTS = Layouts(JobStatusSummary.WIRE_NAMES)
