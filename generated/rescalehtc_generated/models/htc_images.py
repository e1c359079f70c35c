# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCImages: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self, cast

import attrs

from ..types import (
    ABSENT,
    Model,
    model_reader,
    remember,
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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.container_registry = get("containerRegistry")
        model.images = get("images")
        remember(model, data, _NAMES)
        return model


read_htc_images = model_reader(HTCImages)
_NAMES = frozenset(HTCImages.WIRE_NAMES)
