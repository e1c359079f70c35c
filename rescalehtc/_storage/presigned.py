"""Uploads to presigned URLs. The URL is the credential: no header of the session goes along."""

from __future__ import annotations

from pathlib import Path

from rescalehtc_generated.models.presigned_put_url_response import PresignedPutUrlResponse
from rescalehtc_generated.models.presigned_url_parts import PresignedUrlParts

from .._http.settings import Settings, locate
from .._http.transports import TransferFailure, upload
from .._records.attempt import Attempt
from .._utils.redaction import scrub
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


def attempt_of(url: str, number: int, seconds: float, error: HtcStorageError | None, delay: float | None) -> Attempt:
    """An upload as an observer sees it: of the URL without its query, which is the credential."""
    location = locate(url)
    assert location is not None  # url_of has checked it
    status = 200 if error is None else error.status_code
    return Attempt(
        operation="uploadFile",
        method="PUT",
        path=scrub(location.rest.partition("?")[0], limit=300),
        route="/{file}",
        base_url=location.origin,
        number=number,
        seconds=seconds,
        status=status,
        failure=str(error) if status is None else None,
        error_type=None if error is None else str(status or "HtcStorageError"),
        next_delay=delay,
    )


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
