# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""PublicKey: see the class."""

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
class PublicKey(Model):
    """A public key in an encoded form."""

    algorithm: str | None = None
    """Name of the key's algorithm."""
    encoded: str | None = None
    """The encoded key. Its encoding is not documented by the service."""
    format: str | None = None
    """Name of the encoding."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "algorithm": "algorithm",
        "encoded": "encoded",
        "format": "format",
    }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.algorithm = get("algorithm")
        model.encoded = get("encoded")
        model.format = get("format")
        remember(model, data, _NAMES)
        return model


read_public_key = model_reader(PublicKey)
_NAMES = frozenset(PublicKey.WIRE_NAMES)
