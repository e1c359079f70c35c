# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""PresignedUrlParts: see the class."""

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
        get = data.get
        model = cls.__new__(cls)
        model.authority = get("authority")
        model.content = get("content")
        model.default_port = get("defaultPort")
        model.file = get("file")
        model.hash_code = get("hashCode")
        model.host = get("host")
        model.port = get("port")
        model.protocol = get("protocol")
        model.ref = get("ref")
        model.serialized_hash_code = get("serializedHashCode")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_presigned_url_parts = model_reader(PresignedUrlParts)
_LAYOUTS = Layouts(PresignedUrlParts.WIRE_NAMES)
