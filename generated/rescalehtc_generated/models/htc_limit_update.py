# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCLimitUpdate: see the class."""

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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.vcpus = get("vCPUs")
        remember(model, data, _NAMES)
        return model


read_htc_limit_update = model_reader(HTCLimitUpdate)
_NAMES = frozenset(HTCLimitUpdate.WIRE_NAMES)
