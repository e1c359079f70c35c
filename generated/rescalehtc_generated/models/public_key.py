# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""PublicKey: see the class."""

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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 3 else _NAMES | data
        try:
            model.algorithm = sent["algorithm"]
            model.encoded = sent["encoded"]
            model.format = sent["format"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_public_key = model_reader(PublicKey)
_NAMES = wire_names(PublicKey)
_LAYOUTS = Layouts(PublicKey.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
