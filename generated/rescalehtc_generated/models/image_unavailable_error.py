# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""ImageUnavailableError: see the class."""

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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.error = get("error")
        model.message = get("message")
        remember(model, data, _NAMES)
        return model


read_image_unavailable_error = model_reader(ImageUnavailableError)
_NAMES = frozenset(ImageUnavailableError.WIRE_NAMES)
