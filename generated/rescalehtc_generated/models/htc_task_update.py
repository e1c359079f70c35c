# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCTaskUpdate: see the class."""

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
from .lifecycle_status import LifecycleStatus, lifecycle_status_members, read_lifecycle_status


@attrs.define(kw_only=True, repr=False)
class HTCTaskUpdate(Model):
    """Change of a task's state."""

    lifecycle_status: LifecycleStatus | str
    """The wanted state: ARCHIVED to archive an active task, ACTIVE to bring an archived one back."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "lifecycleStatus": "lifecycle_status",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 1 else _NAMES | data
        try:
            model.lifecycle_status = lifecycle_status_members[sent["lifecycleStatus"]]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_task_update = model_reader(HTCTaskUpdate)
_NAMES = wire_names(HTCTaskUpdate)
_LAYOUTS = Layouts(HTCTaskUpdate.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "lifecycleStatus": read_lifecycle_status,
    }
