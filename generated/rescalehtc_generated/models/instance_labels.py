# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""InstanceLabels: see the class."""

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
class InstanceLabels(Model):
    """Labels of the machine that ran a job."""

    account_id: str | None = None
    """Identifier of the account at the cloud provider."""
    csp: str | None = None
    """Name of the cloud provider."""
    instance_architecture: str | None = None
    """Processor architecture of the machine."""
    instance_type: str | None = None
    """Machine type under its provider's name."""
    priority: str | None = None
    """Priority of the capacity."""
    region: str | None = None
    """Region of the machine."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "accountId": "account_id",
        "csp": "csp",
        "instanceArchitecture": "instance_architecture",
        "instanceType": "instance_type",
        "priority": "priority",
        "region": "region",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 6 else _NAMES | data
        try:
            model.account_id = sent["accountId"]
            model.csp = sent["csp"]
            model.instance_architecture = sent["instanceArchitecture"]
            model.instance_type = sent["instanceType"]
            model.priority = sent["priority"]
            model.region = sent["region"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_instance_labels = model_reader(InstanceLabels)
_NAMES = wire_names(InstanceLabels)
_LAYOUTS = Layouts(InstanceLabels.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
