# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCImageStatus: see the class."""

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
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.status = read_image_readiness(get("status", ABSENT))
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_image_status = model_reader(HTCImageStatus)
_LAYOUTS = Layouts(HTCImageStatus.WIRE_NAMES)
