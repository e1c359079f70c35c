# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCTaskUpdate: see the class."""

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
from .lifecycle_status import LifecycleStatus, read_lifecycle_status


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
        get = data.get
        model = cls.__new__(cls)
        model.lifecycle_status = read_lifecycle_status(get("lifecycleStatus", ABSENT))
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_task_update = model_reader(HTCTaskUpdate)
_LAYOUTS = Layouts(HTCTaskUpdate.WIRE_NAMES)
