# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""Encodes request bodies other than JSON: forms, files and bytes."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import urlencode

from .client import url_text
from .errors import HtcPayloadError
from .json_codec import plain

Content = bytes | bytearray | memoryview | os.PathLike[str] | BinaryIO
"""Bytes, an open binary file, or the path of one."""


def encode_bytes(content: object) -> bytes:
    """The bytes of a body or a part.

    Raises:
        HtcPayloadError: It is something else, or the file cannot be read.
    """
    return _read(content)[0]


def encode_text(text: object) -> bytes:
    """The bytes of a text.

    Raises:
        HtcPayloadError: It is not a string.
    """
    if not isinstance(text, str):
        raise HtcPayloadError(f"The body must be a str, not {type(text).__name__}.")
    return url_text("payload", text).encode()


def encode_form(payload: object, known: Collection[str], required: Collection[str]) -> bytes:
    """An ``application/x-www-form-urlencoded`` body.

    Raises:
        HtcPayloadError: A field is missing or unknown.
    """
    pairs: list[tuple[str, str]] = []
    for name, value in _fields(payload, known, required).items():
        values = cast("list[Any]", value) if isinstance(value, list | tuple) else [value]
        pairs += [(name, url_text(name, item)) for item in values]
    return urlencode(pairs).encode()


def encode_parts(
    payload: object, known: Collection[str], required: Collection[str], files: Collection[str]
) -> tuple[bytes, str]:
    """A ``multipart/form-data`` body, and its media type with the boundary.

    Raises:
        HtcPayloadError: A field is missing or unknown, or something is not a file and should be.
    """
    boundary = secrets.token_hex(16)
    lines: list[bytes] = []
    for name, value in _fields(payload, known, required).items():
        for item in cast("list[Any]", value) if isinstance(value, list | tuple) else [value]:
            disposition = f'form-data; name="{_quoted(name)}"'
            if name in files:
                content, filename = _read(item)
                disposition += f'; filename="{_quoted(filename)}"'
                kind = "application/octet-stream"
            elif isinstance(sent := plain(item), Mapping):
                content, kind = json.dumps(sent, ensure_ascii=False).encode(), "application/json"
            else:
                content, kind = url_text(name, item).encode(), "text/plain; charset=utf-8"
            head = f"--{boundary}\r\nContent-Disposition: {disposition}\r\nContent-Type: {kind}\r\n\r\n"
            lines += [head.encode(), content, b"\r\n"]
    return b"".join([*lines, f"--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"


def _fields(payload: object, known: Collection[str], required: Collection[str]) -> dict[str, Any]:
    if not isinstance(payload, Mapping):
        raise HtcPayloadError(f"The body must be a mapping of its fields, not {type(payload).__name__}.")
    fields = {name: value for name, value in cast("Mapping[str, Any]", payload).items() if value is not None}
    for name in fields:
        if name not in known:
            raise HtcPayloadError(f"The body has no field {name!r}; it takes {', '.join(known)}.")
    for name in required:
        if name not in fields:
            raise HtcPayloadError(f"The body needs the field {name!r}.")
    return fields


def _read(content: object) -> tuple[bytes, str]:
    if isinstance(content, bytes | bytearray | memoryview):
        return bytes(cast("bytes", content)), "file"
    try:
        if isinstance(content, os.PathLike):
            path = Path(cast("os.PathLike[str]", content))
            return path.read_bytes(), path.name
        read = getattr(content, "read", None)
        data = read() if callable(read) else None
    except OSError as error:
        raise HtcPayloadError(f"The file cannot be read: {error}") from error
    if not isinstance(data, bytes):
        what = "a file that is open as text" if isinstance(data, str) else type(content).__name__
        raise HtcPayloadError(f"The content must be bytes, an open binary file or a path, not {what}.")
    return data, Path(str(getattr(content, "name", "file"))).name


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
