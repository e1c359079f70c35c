# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCLimitCreate: see the class."""

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
from .modifier_role import ModifierRole, modifier_role_members, read_modifier_role


@attrs.define(kw_only=True, repr=False)
class HTCLimitCreate(Model):
    """A limit to be set on a project."""

    modifier_role: ModifierRole | str
    """Role in whose name the limit is set. An existing limit of the same role is overwritten."""
    vcpus: int
    """Number of vCPUs that all jobs together may use at the same time. A stored limit lies between 0 and
    999999; what the service does with a number outside is not known.
    """

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "modifierRole": "modifier_role",
        "vCPUs": "vcpus",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 2 else _NAMES | data
        try:
            model.modifier_role = modifier_role_members[sent["modifierRole"]]
            model.vcpus = sent["vCPUs"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_limit_create = model_reader(HTCLimitCreate)
_NAMES = wire_names(HTCLimitCreate)
_LAYOUTS = Layouts(HTCLimitCreate.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "modifierRole": read_modifier_role,
    }
