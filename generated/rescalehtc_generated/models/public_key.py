# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""PublicKey: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..types import (
    Json,
    Layouts,
    Model,
    model_reader,
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
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.algorithm = get("algorithm")
        model.encoded = get("encoded")
        model.format = get("format")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_public_key = model_reader(PublicKey)
_LAYOUTS = Layouts(PublicKey.WIRE_NAMES)
