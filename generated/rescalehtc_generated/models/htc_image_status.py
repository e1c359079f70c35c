# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCImageStatus: see the class."""

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
from .image_readiness import ImageReadiness, image_readiness_members, read_image_readiness


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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 1 else _NAMES | data
        try:
            model.status = image_readiness_members[sent["status"]]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_image_status = model_reader(HTCImageStatus)
_NAMES = wire_names(HTCImageStatus)
_LAYOUTS = Layouts(HTCImageStatus.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "status": read_image_readiness,
    }
