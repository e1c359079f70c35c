"""Sends a file outside the API, to a URL that is its own credential."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Generator, Mapping
from typing import BinaryIO

from ..settings import Settings, locate
from .certificates import trusted_certificates
from .libraries import httpx
from .pools_of_one import limits
from .proxies import proxy_for

_CHUNK = 1 << 20


class TransferFailure(Exception):
    """A transfer broke off; the message names the kind of failure and no URL."""


@contextlib.contextmanager
def _transfer_failures() -> Generator[None]:
    failure: str | None = None
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, UnicodeError) as error:
        failure = type(error).__name__
    if failure is not None:
        # Outside the handler: the exceptions of the HTTP library hold the URL, and nothing may lead to it.
        raise TransferFailure(failure)


def upload(settings: Settings, url: str, headers: Mapping[str, str], file: BinaryIO) -> int:
    """PUT the content of a file outside the API, following the session's settings for proxies and certificates.

    Returns:
        The HTTP status.

    Raises:
        TransferFailure: No response came.
    """
    location = locate(url)
    origin = location.origin if location else ""
    content = iter(lambda: file.read(_CHUNK), b"")
    timeout = {"timeout": limits(settings.timeouts)}
    with (
        _transfer_failures(),
        httpx.HTTPTransport(verify=trusted_certificates(settings, origin), **proxy_for(settings, origin)) as transport,
    ):
        request = httpx.Request("PUT", url, headers=dict(headers), content=content, extensions=timeout)
        return transport.handle_request(request).status_code
