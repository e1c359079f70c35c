# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCLimitUpdate: see the class."""

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
        get = data.get
        model = cls.__new__(cls)
        model.vcpus = get("vCPUs", ABSENT)
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_limit_update = model_reader(HTCLimitUpdate)
_LAYOUTS = Layouts(HTCLimitUpdate.WIRE_NAMES)
