# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCJobs: see the class."""

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
from .htc_job import HTCJob, read_htc_job


@attrs.define(kw_only=True, repr=False)
class HTCJobs(Model):
    """One page of jobs."""

    items: list[HTCJob]
    """The jobs of this page."""
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
        model.items = read_list(read_htc_job, get("items"))
        model.next = get("next")
        remember(model, data, _NAMES)
        return model


read_htc_jobs = model_reader(HTCJobs)
_NAMES = frozenset(HTCJobs.WIRE_NAMES)
