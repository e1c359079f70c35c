# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""ContainerDetails: see the class."""

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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.exit_code = get("exitCode")
        model.reason = get("reason")
        remember(model, data, _NAMES)
        return model


read_container_details = model_reader(ContainerDetails)
_NAMES = frozenset(ContainerDetails.WIRE_NAMES)
