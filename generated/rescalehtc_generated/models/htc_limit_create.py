# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCLimitCreate: see the class."""

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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.modifier_role = read_modifier_role(get("modifierRole"))
        model.vcpus = get("vCPUs")
        remember(model, data, _NAMES)
        return model


read_htc_limit_create = model_reader(HTCLimitCreate)
_NAMES = frozenset(HTCLimitCreate.WIRE_NAMES)
