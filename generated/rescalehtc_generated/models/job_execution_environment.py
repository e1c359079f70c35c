# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""JobExecutionEnvironment: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..types import (
    Json,
    Layouts,
    Model,
    model_reader,
    unknown_fields,
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
        get = data.get
        model = cls.__new__(cls)
        model.architecture = get("architecture")
        model.instance_id = get("instanceId")
        model.instance_type = get("instanceType")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_job_execution_environment = model_reader(JobExecutionEnvironment)
_LAYOUTS = Layouts(JobExecutionEnvironment.WIRE_NAMES)
