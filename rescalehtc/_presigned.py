"""Brings files to presigned URLs and from them. Only the URL opens the door: no header of the session goes along."""

from __future__ import annotations

import shutil
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import BinaryIO

from rescalehtc_generated.models.presigned_put_url_response import PresignedPutUrlResponse
from rescalehtc_generated.models.presigned_url_parts import PresignedUrlParts

from ._job_errors import HtcStorageError
from ._settings import locate

LARGEST = 5 * 1024**3
"""Bytes that S3 takes in one request; larger files need the provider's library."""

_TIMEOUT_SECONDS = 120.0
_CHUNK = 1 << 20


class PassingStorageError(HtcStorageError):
    """A failure that may not happen again."""


def url_of(answer: PresignedPutUrlResponse, base_url: str) -> str:
    """The URL in an answer, which is a text or, as the service's description has it, its parts.

    Raises:
        HtcStorageError: It is not usable, or would send the file unencrypted to somewhere else than the API itself.
    """
    url = answer.url if isinstance(answer.url, str) else _join(answer.url)
    place, home = locate(url), locate(base_url)
    if place is None:
        raise HtcStorageError("The service gave a presigned URL that is not usable.")
    if not place.origin.startswith("https:") and (home is None or place.origin != home.origin):
        raise HtcStorageError("The service gave a presigned URL without encryption; the file was not sent.")
    return url


def _join(parts: PresignedUrlParts) -> str:
    # `file` is path and query, as in the URL class of Java, whose fields these are.
    port = "" if parts.port in (None, -1) else f":{parts.port}"
    authority = parts.authority or (f"{parts.host}{port}" if parts.host else "")
    return f"{parts.protocol or ''}://{authority}{parts.file or ''}"


def put(url: str, path: Path) -> None:
    """Send a file.

    Raises:
        HtcStorageError: The storage refuses it, or cannot be reached.
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        headers = {"Content-Length": str(path.stat().st_size), "Content-Type": "application/octet-stream"}
        # urllib's default is a header for forms, and a transfer in chunks, which S3 refuses.
        request = urllib.request.Request(url, data=file, headers=headers, method="PUT")
        _open(request, None)


def get(url: str, file: BinaryIO) -> None:
    """Fetch a file.

    Raises:
        HtcStorageError: The storage refuses it, or cannot be reached.
    """
    # The URLs of the API are for uploads; the local server, and it alone, also reads back what one names.
    _open(urllib.request.Request(url, headers={"X-Rescale-HTC-Local-Read-Back": "1"}), file)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object, **options: object) -> None:
        """A signed request belongs to one place."""


def _open(request: urllib.request.Request, target: BinaryIO | None) -> None:
    # What is on this machine is not behind a proxy.
    local = (request.host or "").startswith(("127.", "localhost", "[::1]"))
    proxies = urllib.request.ProxyHandler({} if local else None)
    opener = urllib.request.build_opener(proxies, _NoRedirect)
    try:
        with opener.open(request, timeout=_TIMEOUT_SECONDS) as answer:
            if target is not None:
                shutil.copyfileobj(answer, target, _CHUNK)
    # The messages of urllib name no URL, yet only the status or the kind of the failure is passed on.
    except urllib.error.HTTPError as error:
        error.close()
        kind = PassingStorageError if error.code >= 500 or error.code == 429 else HtcStorageError
        raise kind(f"The storage answered {error.code}.", error.code) from None
    except (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError) as error:
        raise PassingStorageError(f"The storage cannot be reached ({type(error).__name__}).") from None
