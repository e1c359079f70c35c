# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCLimitUpdate: see the class."""

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
class HTCLimitUpdate(Model):
    """Change to a limit."""

    vcpus: int
    """Number of vCPUs that all jobs together may use at the same time. A stored limit lies between 0 and
    999999; what the service does with a number outside is not known.
    """

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "vCPUs": "vcpus",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 1 else _NAMES | data
        try:
            model.vcpus = sent["vCPUs"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_limit_update = model_reader(HTCLimitUpdate)
_NAMES = wire_names(HTCLimitUpdate)
_LAYOUTS = Layouts(HTCLimitUpdate.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
