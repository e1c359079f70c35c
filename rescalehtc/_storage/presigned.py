"""Uploads to presigned URLs and downloads from them. The URL is the credential: no header of the session goes along."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from rescalehtc_generated.models.presigned_put_url_response import PresignedPutUrlResponse
from rescalehtc_generated.models.presigned_url_parts import PresignedUrlParts

from .._http.settings import Settings, locate
from .._http.transports import Transfer, TransferFailure
from ..exceptions import HtcStorageError

LARGEST = 5 * 1024**3
"""Bytes that S3 accepts in one request; larger files need the provider's library."""


class TransientStorageError(HtcStorageError):
    """A failure that a retry may overcome."""


def url_of(answer: PresignedPutUrlResponse, origin: str) -> str:
    """The URL in an answer, which is a text or, as the service's description has it, its parts.

    Raises:
        HtcStorageError: It is not usable, or would send the file unencrypted to somewhere else than the API itself.
    """
    # At run time it may be anything.
    found: object = answer.url
    url = _join(found) if isinstance(found, PresignedUrlParts) else str(found)
    location = locate(url)
    if location is None:
        raise HtcStorageError("The service gave a presigned URL that is not usable.")
    if not location.origin.startswith("https:") and location.origin != origin:
        raise HtcStorageError("The service gave a presigned URL without encryption; the file was not sent.")
    return url


def _join(parts: PresignedUrlParts) -> str:
    # `file` is path and query, as in the URL class of Java, whose fields these are.
    port = "" if parts.port in (None, -1) else f":{parts.port}"
    authority = parts.authority or (f"{parts.host}{port}" if parts.host else "")
    return f"{parts.protocol or ''}://{authority}{parts.file or ''}"


def put(settings: Settings, url: str, path: Path) -> None:
    """Upload a file.

    Raises:
        HtcStorageError: The storage refuses it, or cannot be reached.
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        # Without a length the transfer would be chunked, which S3 refuses.
        headers = {"content-length": str(path.stat().st_size), "content-type": "application/octet-stream"}
        with _started(settings, "PUT", url, headers, file):
            pass


def get(settings: Settings, url: str, file: BinaryIO) -> None:
    """Download a file.

    Raises:
        HtcStorageError: The storage refuses it, sends an incomplete file, or cannot be reached.
    """
    # The URLs of the API are for uploads; the local server, and it alone, also reads back what one names.
    headers = {"accept-encoding": "identity", "x-rescale-htc-local-read-back": "1"}
    with _started(settings, "GET", url, headers, None) as transfer:
        if transfer.status != 200:
            raise HtcStorageError(f"The storage responded with {transfer.status}, which is not a whole file.")
        if transfer.headers.get("content-encoding", "identity") != "identity":
            raise HtcStorageError("The storage sent a compressed file, which was not requested.")
        length = transfer.headers.get("content-length", "")
        if not length.isdecimal() and "chunked" not in transfer.headers.get("transfer-encoding", ""):
            raise TransientStorageError("The storage did not state the length of the file.")
        received, checks = 0, _checksums(transfer.headers)
        try:
            for chunk in transfer.chunks():
                received += len(chunk)
                for check in checks:
                    check.update(chunk)
                file.write(chunk)
        except TransferFailure as failure:
            raise TransientStorageError(f"The download broke off ({failure}).") from None
        if length.isdecimal() and received != int(length):
            raise TransientStorageError(f"The download broke off after {received} of {length} bytes.")
        if not all(check.matches for check in checks):
            raise TransientStorageError("The checksum of the download differs from that of the storage.")


def _started(settings: Settings, method: str, url: str, headers: dict[str, str], body: BinaryIO | None) -> Transfer:
    try:
        transfer = Transfer(settings, method, url, headers, body)
    except TransferFailure as failure:
        raise TransientStorageError(f"The storage cannot be reached ({failure}).") from None
    if 200 <= transfer.status < 300:
        return transfer
    transfer.close()
    kind = TransientStorageError if transfer.status >= 500 or transfer.status == 429 else HtcStorageError
    raise kind(f"The storage responded with {transfer.status}.", transfer.status)


class _Crc32:
    def __init__(self) -> None:
        self._value = 0

    def update(self, chunk: bytes) -> None:
        self._value = zlib.crc32(chunk, self._value)

    def digest(self) -> bytes:
        return self._value.to_bytes(4, "big")


class _Checksum:
    """A checksum that the storage sent, and that of what was received."""

    def __init__(self, expected: str, digest: Any) -> None:
        self._expected, self._digest = expected, digest
        self.update = digest.update

    @property
    def matches(self) -> bool:
        return base64.b64encode(self._digest.digest()).decode() == self._expected


def _checksums(headers: Mapping[str, str]) -> list[_Checksum]:
    makers: dict[str, Any] = {
        "x-amz-checksum-sha256": hashlib.sha256,
        "x-amz-checksum-sha1": lambda: hashlib.sha1(usedforsecurity=False),
        "x-amz-checksum-crc32": _Crc32,
        "content-md5": lambda: hashlib.md5(usedforsecurity=False),
    }
    sent = {name: headers[name] for name in makers if name in headers}
    for item in headers.get("x-goog-hash", "").split(","):
        kind, _, value = item.strip().partition("=")
        if kind == "md5":
            sent["content-md5"] = value
    # With a dash, it is a checksum of the checksums of parts.
    return [_Checksum(value, makers[name]()) for name, value in sent.items() if "-" not in value]
