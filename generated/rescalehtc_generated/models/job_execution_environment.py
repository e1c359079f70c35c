# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""JobExecutionEnvironment: see the class."""

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
class JobExecutionEnvironment(Model):
    """The machine that ran a job."""

    architecture: float | None = None
    """Processor architecture as a number. The meaning of the numbers is not documented by the service."""
    instance_id: str | None = None
    """Identifier of the machine at the cloud provider."""
    instance_type: str | None = None
    """Machine type under its provider's name."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "architecture": "architecture",
        "instanceId": "instance_id",
        "instanceType": "instance_type",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 3 else _NAMES | data
        try:
            model.architecture = sent["architecture"]
            model.instance_id = sent["instanceId"]
            model.instance_type = sent["instanceType"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_job_execution_environment = model_reader(JobExecutionEnvironment)
_NAMES = wire_names(JobExecutionEnvironment)
_LAYOUTS = Layouts(JobExecutionEnvironment.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
