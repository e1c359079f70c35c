# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""ImageUnavailableError: see the class."""

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
class ImageUnavailableError(Model):
    """Answer for an image that the registry does not have, or not yet."""

    error: str | None = None
    """Always `IMAGE_UNAVAILABLE`, as far as known."""
    message: str | None = None
    """What to check, for people."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "error": "error",
        "message": "message",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 2 else _NAMES | data
        try:
            model.error = sent["error"]
            model.message = sent["message"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_image_unavailable_error = model_reader(ImageUnavailableError)
_NAMES = wire_names(ImageUnavailableError)
_LAYOUTS = Layouts(ImageUnavailableError.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
