"""Bodies of uploads: taken out of signed chunks, and compared with every checksum that a client sends."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
import zlib
from collections.abc import AsyncIterator, Callable
from functools import cache, partial
from typing import Protocol

from starlette.requests import Request

from .._state.storage_access import Signature
from .._wire.exchange import body_parts
from .._wire.messages import ApiError

_SUM = "x-amz-checksum-"
#: Headers that only speak about checksums.
_ABOUT_SUMS = {f"{_SUM}{name}" for name in ("algorithm", "mode", "type")}
#: Longest line between the chunks of a body.
_MAX_LINE = 4096
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,10})(?:;chunk-signature=([0-9a-f]{64}))?")
_NO_DATA = hashlib.sha256().hexdigest()


class ChecksumError(ApiError):
    """The body of an upload is not what the client says; the code is that of S3."""

    def __init__(self, code: str, description: str, status: int = 400) -> None:
        super().__init__(status, code, description)


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...


@cache
def _tables(polynomial: int) -> tuple[list[int], list[int]]:
    """What one byte, and what two bytes, make of a CRC with a reflected polynomial."""
    octets: list[int] = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (polynomial if value & 1 else 0)
        octets.append(value)
    return octets, [octets[octets[word & 255] & 255 ^ word >> 8] ^ octets[word & 255] >> 8 for word in range(65536)]


def _crc(polynomial: int, mask: int, data: bytes, value: int) -> int:
    """Continue a CRC, like ``zlib.crc32``."""
    octets, words = _tables(polynomial)
    value ^= mask
    even = len(data) & ~1
    pairs: tuple[int, ...] = struct.unpack(f"<{even // 2}H", data[:even])
    for word in pairs:
        value = words[(value ^ word) & 0xFFFF] ^ value >> 16
    for octet in data[even:]:
        value = octets[(value ^ octet) & 0xFF] ^ value >> 8
    return value ^ mask


class _Crc:
    def __init__(self, step: Callable[[bytes, int], int], size: int) -> None:
        self._step = step
        self._size = size
        self._value = 0

    def update(self, data: bytes) -> None:
        self._value = self._step(data, self._value)

    def digest(self) -> bytes:
        return self._value.to_bytes(self._size, "big")


_ALGORITHMS: dict[str, Callable[[], _Hash]] = {
    "crc32": lambda: _Crc(zlib.crc32, 4),
    "crc32c": lambda: _Crc(partial(_crc, 0x82F63B78, 2**32 - 1), 4),
    "crc64nvme": lambda: _Crc(partial(_crc, 0x9A6C9329AC4BC9B5, 2**64 - 1), 8),
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),
    "sha256": hashlib.sha256,
}


class CheckedBody:
    """The body of an upload, as it comes. Reading it fails at its end if it does not match what the client sent.

    Args:
        signature: that of the request; None for a presigned URL.
        of_object: whether the ``x-amz-checksum-…`` headers are about this body.

    Raises:
        ChecksumError: if headers are malformed or contradict each other.
    """

    def __init__(self, request: Request, limit: int, signature: Signature | None, *, of_object: bool = True) -> None:
        headers = request.headers
        self._parts = body_parts(request, limit)
        self._signature = signature
        self._length: str | None = None
        #: Code of the error, what the checksum is called, how it is computed, and its value.
        self._expected: list[tuple[str, str, _Hash, bytes]] = []
        #: Checksum of the object by its header, as the response shows it.
        self.shown: dict[str, str] = {}
        if (value := headers.get("content-md5")) is not None:
            self._expect("BadDigest", "Content-MD5", hashlib.md5(usedforsecurity=False), value, "InvalidDigest")
        self._signed_chunks = False
        if signature is not None:
            self._expect_payload(headers.get("x-amz-content-sha256"), headers.get("x-amz-decoded-content-length"))
        self._trailer = headers.get("x-amz-trailer", "").lower()
        names = [name for name in headers if name.startswith(_SUM) and name not in _ABOUT_SUMS] if of_object else []
        names += [self._trailer] if self._trailer else []
        if len(names) > 1:
            raise ChecksumError("InvalidRequest", "Expecting a single x-amz-checksum- header.")
        self._algorithm = names[0].removeprefix(_SUM) if names else ""
        wanted = headers.get("x-amz-sdk-checksum-algorithm", self._algorithm).lower()
        if wanted != self._algorithm or (names and self._algorithm not in _ALGORITHMS):
            raise ChecksumError("InvalidRequest", f"There is no checksum of the kind {wanted or names[0]}.")
        self._sum = _ALGORITHMS[self._algorithm]() if names else None
        if names and not self._trailer:
            self._expect_sum(headers[names[0]])

    def _expect(self, code: str, name: str, by: _Hash, value: str, invalid: str = "InvalidRequest") -> None:
        try:
            expected = base64.b64decode(value, validate=True)
        except binascii.Error:
            expected = b""
        if len(expected) != len(by.digest()):
            raise ChecksumError(invalid, f"The value of {name} is not valid.")
        self._expected.append((code, name, by, expected))

    def _expect_sum(self, value: str) -> None:
        assert self._sum is not None
        self._expect("BadDigest", self._algorithm.upper(), self._sum, value)
        self.shown = {_SUM + self._algorithm: value}

    def _expect_payload(self, value: str | None, length: str | None) -> None:
        if value is None:
            raise ChecksumError("InvalidRequest", "The header x-amz-content-sha256 is missing.")
        if value.startswith("STREAMING-"):
            if value.removesuffix("-TRAILER") not in (
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                "STREAMING-UNSIGNED-PAYLOAD",
            ):
                raise ChecksumError("NotImplemented", f"The local server does not read {value}.", 501)
            if length is None or not length.isdecimal():
                raise ChecksumError("MissingContentLength", "x-amz-decoded-content-length is missing.", 411)
            self._signed_chunks = "AWS4" in value
            self._length = length
        elif re.fullmatch("[0-9a-f]{64}", value):
            expected = bytes.fromhex(value)
            self._expected.append(("XAmzContentSHA256Mismatch", "x-amz-content-sha256", hashlib.sha256(), expected))
        elif value != "UNSIGNED-PAYLOAD":
            raise ChecksumError("InvalidArgument", "x-amz-content-sha256 is not valid.")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for part in self._parts if self._length is None else self._unpacked():
            size += len(part)
            for _, _, by, _ in self._expected:
                by.update(part)
            if self._trailer and self._sum is not None:
                self._sum.update(part)
            yield part
        if self._length is not None and size != int(self._length):
            raise ChecksumError("IncompleteBody", "The body is not as long as x-amz-decoded-content-length says.")
        for code, name, by, expected in self._expected:
            if by.digest() != expected:
                raise ChecksumError(code, f"The {name} you specified did not match the calculated checksum.")

    # -- aws-chunked --------------------------------------------------------------------------------------------------

    async def _unpacked(self) -> AsyncIterator[bytes]:
        reader, size = _Reader(self._parts), -1
        while size:
            found = _CHUNK.fullmatch(await reader.line())
            if found is None or self._signed_chunks == (found[2] is None):
                raise ChecksumError("InvalidChunkSizeError", "The head of a chunk is not valid.")
            size, data = int(found[1], 16), hashlib.sha256()
            async for part in reader.take(size):
                data.update(part)
                yield part
            if size and await reader.line():
                raise ChecksumError("InvalidChunkSizeError", "A chunk is longer than its head says.")
            self._check_signature("PAYLOAD", found[2], _NO_DATA, data.hexdigest())
        if self._trailer:
            name, _, value = (await reader.line()).decode("latin-1").partition(":")
            if name.lower() != self._trailer:
                raise ChecksumError("MalformedTrailerError", f"The trailer {self._trailer} is missing.")
            if self._signed_chunks:
                trailer = hashlib.sha256(f"{self._trailer}:{value.strip()}\n".encode("latin-1"))
                signature = (await reader.line()).partition(b":")[2].strip()
                self._check_signature("TRAILER", signature, trailer.hexdigest())
            self._expect_sum(value.strip())

    def _check_signature(self, kind: str, signature: bytes, *hashes: str) -> None:
        assert self._signature is not None
        if self._signed_chunks and not self._signature.goes_on(kind, signature, *hashes):
            raise ChecksumError("SignatureDoesNotMatch", "The signature of a chunk is not valid.", 403)


class _Reader:
    """Reads lines and bytes of a body that comes in parts."""

    def __init__(self, parts: AsyncIterator[bytes]) -> None:
        self._parts = parts
        self._held = b""

    async def _read(self) -> None:
        try:
            self._held += await anext(self._parts)
        except StopAsyncIteration:
            raise ChecksumError("IncompleteBody", "The body ends within its chunks.") from None

    async def line(self) -> bytes:
        while b"\r\n" not in self._held:
            if len(self._held) > _MAX_LINE:
                raise ChecksumError("InvalidChunkSizeError", "The head of a chunk is too long.")
            await self._read()
        line, _, self._held = self._held.partition(b"\r\n")
        return line

    async def take(self, size: int) -> AsyncIterator[bytes]:
        while size:
            if not self._held:
                await self._read()
            part, self._held = self._held[:size], self._held[size:]
            size -= len(part)
            yield part
