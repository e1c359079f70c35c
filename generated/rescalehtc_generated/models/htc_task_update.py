# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCTaskUpdate: see the class."""

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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.lifecycle_status = read_lifecycle_status(get("lifecycleStatus"))
        remember(model, data, _NAMES)
        return model


read_htc_task_update = model_reader(HTCTaskUpdate)
_NAMES = frozenset(HTCTaskUpdate.WIRE_NAMES)
