"""Uploads to presigned URLs. The URL is the credential: no header of the session is sent."""

from __future__ import annotations

from pathlib import Path

from rescalehtc_generated.models.presigned_put_url_response import PresignedPutUrlResponse
from rescalehtc_generated.models.presigned_url_parts import PresignedUrlParts

from .._http.attempt import Attempt
from .._http.settings import Settings
from .._http.transports.uploads import TransferFailure, upload
from .._http.urls import locate
from .._utils.redaction import scrub
from ..exceptions import HtcStorageError

LARGEST = 5 * 1024**3
"""Bytes that S3 accepts in one request; larger files need the provider's library."""


class TransientStorageError(HtcStorageError):
    """A failure that may not happen again on a retry."""


class PresignedUrl:
    """A URL that its ``repr`` hides: crash reporters show the variables of a traceback.

    Attributes:
        text: The URL.
        origin: Scheme, host and port, None if it is not usable.
        path: Its path, without the query, which is the credential.
    """

    def __init__(self, text: str) -> None:
        location = locate(text)
        self.text, self.origin = text, location.origin if location else None
        self.path = location.rest.partition("?")[0] if location else ""


def url_of(response: PresignedPutUrlResponse, origin: str) -> PresignedUrl:
    """The URL in a response, which is a string or, as the API description says, its parts.

    Raises:
        HtcStorageError: It is not usable, or would send the file unencrypted to a host other than the API's.
    """
    url = PresignedUrl(_text(response.url))
    if url.origin is None:
        raise HtcStorageError("The service sent a presigned URL that is not usable.")
    if not url.origin.startswith("https:") and url.origin != origin:
        raise HtcStorageError("The service sent a presigned URL without encryption; the file was not uploaded.")
    return url


def _text(url: object) -> str:
    # At run time it may be anything.
    if not isinstance(url, PresignedUrlParts):
        return str(url)
    # `file` is path and query, as in the URL class of Java, whose fields these are.
    port = "" if url.port in (None, -1) else f":{url.port}"
    authority = url.authority or (f"{url.host}{port}" if url.host else "")
    return f"{url.protocol or ''}://{authority}{url.file or ''}"


def attempt_of(
    url: PresignedUrl, number: int, seconds: float, error: HtcStorageError | None, delay: float | None
) -> Attempt:
    """An upload as an observer sees it."""
    status = 200 if error is None else error.status_code
    return Attempt(
        operation="uploadFile",
        method="PUT",
        path=scrub(url.path, limit=300),
        route="/{file}",
        base_url=url.origin or "",
        number=number,
        seconds=seconds,
        status=status,
        failure=str(error) if status is None else None,
        error_type=None if error is None else str(status or "HtcStorageError"),
        next_delay=delay,
    )


def put(settings: Settings, url: PresignedUrl, path: Path) -> None:
    """Upload a file.

    Raises:
        HtcStorageError: The storage refuses it, or cannot be reached.
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        # Without a length the transfer would be chunked, which S3 refuses.
        headers = {"content-length": str(path.stat().st_size), "content-type": "application/octet-stream"}
        try:
            status = upload(settings, url.text, headers, file)
        except TransferFailure as failure:
            status = str(failure)
    if isinstance(status, str):
        # Outside the handler: the frames of the transfer hold the URL, and nothing may lead to them.
        raise TransientStorageError(f"The storage cannot be reached ({status}).")
    if not 200 <= status < 300:
        kind = TransientStorageError if status >= 500 or status == 429 else HtcStorageError
        raise kind(f"The storage responded with {status}.", status)
