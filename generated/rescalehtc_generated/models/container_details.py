# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""ContainerDetails: see the class."""

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
class ContainerDetails(Model):
    """How the container of a job ended."""

    exit_code: float | None = None
    """Exit code of the container."""
    reason: str | None = None
    """Why the container ended, in the provider's words."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "exitCode": "exit_code",
        "reason": "reason",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 2 else _NAMES | data
        try:
            model.exit_code = sent["exitCode"]
            model.reason = sent["reason"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_container_details = model_reader(ContainerDetails)
_NAMES = wire_names(ContainerDetails)
_LAYOUTS = Layouts(ContainerDetails.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
