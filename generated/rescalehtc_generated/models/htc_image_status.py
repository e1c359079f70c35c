# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCImageStatus: see the class."""

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
from .image_readiness import ImageReadiness, read_image_readiness


@attrs.define(kw_only=True, repr=False)
class HTCImageStatus(Model):
    """How far an image has come."""

    status: ImageReadiness | str
    """PENDING while it is copied, READY for use."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "status": "status",
    }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.status = read_image_readiness(get("status"))
        remember(model, data, _NAMES)
        return model


read_htc_image_status = model_reader(HTCImageStatus)
_NAMES = frozenset(HTCImageStatus.WIRE_NAMES)
