# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCImages: see the class."""

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
        get = data.get
        model = cls.__new__(cls)
        model.container_registry = get("containerRegistry")
        model.images = get("images", ABSENT)
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_images = model_reader(HTCImages)
_LAYOUTS = Layouts(HTCImages.WIRE_NAMES)
