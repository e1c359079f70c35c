# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCLimitCreate: see the class."""

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
from .modifier_role import ModifierRole, read_modifier_role


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
        get = data.get
        model = cls.__new__(cls)
        model.modifier_role = read_modifier_role(get("modifierRole", ABSENT))
        model.vcpus = get("vCPUs", ABSENT)
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_limit_create = model_reader(HTCLimitCreate)
_LAYOUTS = Layouts(HTCLimitCreate.WIRE_NAMES)
