# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""JobExecutionEnvironment: see the class."""

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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.architecture = get("architecture")
        model.instance_id = get("instanceId")
        model.instance_type = get("instanceType")
        remember(model, data, _NAMES)
        return model


read_job_execution_environment = model_reader(JobExecutionEnvironment)
_NAMES = frozenset(JobExecutionEnvironment.WIRE_NAMES)
