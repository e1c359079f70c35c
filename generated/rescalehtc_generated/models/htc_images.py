# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCImages: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, ClassVar

import attrs

from ..types import (
    ABSENT,
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
class HTCImages(Model):
    """The images in a project's container registry."""

    container_registry: str | None = None
    """Address of the registry, in front of image names."""
    images: list[str] = ABSENT
    """Names of the images, each as repository and tag."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "containerRegistry": "container_registry",
        "images": "images",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 2 else _NAMES | data
        try:
            model.container_registry = sent["containerRegistry"]
            model.images = sent["images"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_images = model_reader(HTCImages)
_NAMES = wire_names(HTCImages)
_LAYOUTS = Layouts(HTCImages.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
