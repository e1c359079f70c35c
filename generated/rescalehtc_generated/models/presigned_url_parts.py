# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""PresignedUrlParts: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from operator import itemgetter
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
class PresignedUrlParts(Model):
    """A URL taken apart, the form in which the description of the service has it."""

    authority: str | None = None
    """Host and port."""
    content: Any = None
    """Content behind the URL. Meaning not documented by the service."""
    default_port: int | None = None
    """Usual port of the protocol."""
    file: str | None = None
    """Path and query."""
    hash_code: int | None = None
    """Number without meaning for callers."""
    host: str | None = None
    """Host."""
    port: int | None = None
    """Port of the URL."""
    protocol: str | None = None
    """Scheme, such as `https`."""
    ref: str | None = None
    """Fragment."""
    serialized_hash_code: int | None = None
    """Number without meaning for callers."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "authority": "authority",
        "content": "content",
        "defaultPort": "default_port",
        "file": "file",
        "hashCode": "hash_code",
        "host": "host",
        "port": "port",
        "protocol": "protocol",
        "ref": "ref",
        "serializedHashCode": "serialized_hash_code",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 10 else _NAMES | data
        try:
            (
                model.authority,
                model.content,
                model.default_port,
                model.file,
                model.hash_code,
                model.host,
                model.port,
                model.protocol,
                model.ref,
                model.serialized_hash_code,
            ) = _values(sent)
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_presigned_url_parts = model_reader(PresignedUrlParts)
_NAMES = wire_names(PresignedUrlParts)
_LAYOUTS = Layouts(PresignedUrlParts.WIRE_NAMES)
_values = itemgetter(*_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
