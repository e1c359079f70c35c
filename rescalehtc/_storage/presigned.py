"""Uploads to presigned URLs. The URL is the credential: no header of the session is sent."""

from __future__ import annotations

from pathlib import Path

from rescalehtc_generated.models.presigned_put_url_response import PresignedPutUrlResponse
from rescalehtc_generated.models.presigned_url_parts import PresignedUrlParts

from .._http.settings import Settings, locate
from .._http.transports import TransferFailure, upload
from ..exceptions import HtcStorageError

LARGEST = 5 * 1024**3
"""Bytes that S3 accepts in one request; larger files need the provider's library."""


class TransientStorageError(HtcStorageError):
    """A failure that a retry may overcome."""


def url_of(answer: PresignedPutUrlResponse, origin: str) -> str:
    """The URL in a response, which is a string or, as the API description says, its parts.

    Raises:
        HtcStorageError: It is not usable, or would send the file unencrypted to a host other than the API's.
    """
    # At run time it may be anything.
    found: object = answer.url
    url = _join(found) if isinstance(found, PresignedUrlParts) else str(found)
    location = locate(url)
    if location is None:
        raise HtcStorageError("The service sent a presigned URL that is not usable.")
    if not location.origin.startswith("https:") and location.origin != origin:
        raise HtcStorageError("The service sent a presigned URL without encryption; the file was not uploaded.")
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
        try:
            status = upload(settings, url, headers, file)
        except TransferFailure as failure:
            raise TransientStorageError(f"The storage cannot be reached ({failure}).") from None
    if not 200 <= status < 300:
        kind = TransientStorageError if status >= 500 or status == 429 else HtcStorageError
        raise kind(f"The storage responded with {status}.", status)
