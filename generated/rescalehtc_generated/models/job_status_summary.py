# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""JobStatusSummary: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, ClassVar

import attrs

from ..types import (
    SURPRISES,
    Json,
    Layouts,
    Model,
    model_reader,
    read_surprising,
    unknown_fields,
    wire_names,
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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 2 else _NAMES | data
        try:
            model.group = sent["group"]
            model.job_statuses = sent["jobStatuses"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_job_status_summary = model_reader(JobStatusSummary)
_NAMES = wire_names(JobStatusSummary)
_LAYOUTS = Layouts(JobStatusSummary.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
