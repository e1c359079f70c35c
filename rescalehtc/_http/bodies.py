"""Bodies of responses: their size is limited, and a compressed one must be complete."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

_GZIP, _ZLIB, _RAW_DEFLATE = 31, 15, -15


class UnreadableBody(Exception):
    """A body is too large, or cannot be decompressed."""


class Body:
    """Collects the body of a response as it arrives.

    Args:
        limit: Largest size in bytes, before and after decompression.
    """

    __slots__ = ("_left", "_limit", "_parts")

    def __init__(self, limit: int) -> None:
        self._limit = self._left = limit
        self._parts: list[bytes] = []

    def add(self, part: bytes) -> None:
        """Add what has arrived.

        Raises:
            UnreadableBody: The body is too large.
        """
        self._left -= len(part)
        if self._left < 0:
            raise _too_large(self._limit)
        self._parts.append(part)

    def content(self, headers: Mapping[str, str]) -> bytes:
        """The complete body, decompressed as the headers say.

        Raises:
            UnreadableBody: It is too large, or cannot be decompressed.
        """
        content = b"".join(self._parts)
        encodings = headers.get("content-encoding")
        if encodings is not None and content:
            for encoding in reversed(encodings.lower().split(",")):
                content = _decompress(content, encoding.strip(), self._limit)
        return content


def _decompress(content: bytes, encoding: str, limit: int) -> bytes:
    try:
        if encoding in ("gzip", "x-gzip"):
            return _inflate(content, _GZIP, limit)
        if encoding == "deflate":
            try:
                return _inflate(content, _ZLIB, limit)
            except zlib.error:
                return _inflate(content, _RAW_DEFLATE, limit)  # some servers send this under the same name
    except zlib.error as error:
        raise UnreadableBody(f"the compressed body is damaged ({error})") from error
    if encoding in ("", "identity"):
        return content
    raise UnreadableBody("the body has a content encoding that was not requested")


def _inflate(content: bytes, format: int, limit: int) -> bytes:
    parts: list[bytes] = []
    left = limit
    while content:
        stream = zlib.decompressobj(format)
        # Asking for one byte beyond the limit shows whether there is more.
        part = stream.decompress(content, left + 1)
        left -= len(part)
        if left < 0:
            raise _too_large(limit)
        if not stream.eof:
            raise UnreadableBody("the compressed body is incomplete")
        parts.append(part)
        # A gzip body may have several members.
        content = stream.unused_data if format == _GZIP else b""
    return b"".join(parts)


def _too_large(limit: int) -> UnreadableBody:
    return UnreadableBody(f"the body is larger than {limit} bytes; the argument max_response_bytes sets this limit")


class LineSplitter:
    """Splits a body into lines as it arrives.

    Args:
        limit: Longest line in bytes.

    Attributes:
        rest: What follows the last line break.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pieces: list[bytes] = []
        self._size = 0

    def add(self, part: bytes) -> list[bytes]:
        """Add what has arrived, and return the lines that it completes.

        Raises:
            UnreadableBody: A line is too long.
        """
        self._pieces.append(part)
        self._size += len(part)
        # Joined once for each line, not once for each part: a line may come in any number of them.
        lines = b"".join(self._pieces).split(b"\n") if b"\n" in part else []
        if lines:
            self._pieces = [lines.pop()]
            self._size = len(self._pieces[0])
        if self._size > self._limit:
            raise _too_large(self._limit)
        return lines

    @property
    def rest(self) -> bytes:
        return b"".join(self._pieces)
