"""Checks and reads a client that the caller supplies, of httpx or httpx2."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from ...exceptions import HtcClosedError, HtcConfigurationError
from ..messages import Request, Response, Timeouts, read_headers
from ..settings import Settings
from .failures import names_of
from .libraries import httpx

_Client = TypeVar("_Client", httpx.Client, httpx.AsyncClient)


def checked_client(client: object, kind: type[_Client], settings: Settings) -> _Client:
    """The client, if it is one of this kind.

    Raises:
        HtcConfigurationError: It is not, or the session was given options of the connections, which it makes itself.
    """
    name = kind.__name__
    # A library that was never imported cannot have made it.
    if not any(
        isinstance(client, getattr(sys.modules[each], name)) for each in ("httpx", "httpx2") if each in sys.modules
    ):
        raise HtcConfigurationError(
            f"http_client must be an httpx.{name} or httpx2.{name}, not {type(client).__name__}."
        )
    if settings.proxy is not None or settings.ca_argument is not None:
        raise HtcConfigurationError(
            "The http_client makes its own connections: pass proxy and certificates to the client, not to the session."
        )
    return cast(_Client, client)


def own_headers(own: Mapping[str, str]) -> dict[str, str]:
    """The client's own User-Agent header, if it was given one."""
    name = own.get("user-agent", "")
    return {} if not name or name.startswith("python-httpx") else {"user-agent": name}


def check_open(client: httpx.Client | httpx.AsyncClient) -> None:
    """Make sure that the caller has not closed the client.

    Raises:
        HtcClosedError: It is closed.
    """
    if client.is_closed:
        raise HtcClosedError("The http_client of this session was closed.")


def built_by(client: httpx.Client | httpx.AsyncClient, request: Request) -> httpx.Request:
    """The request as the client builds it, with its own headers and time limits."""
    method, url, headers, body, timeouts = request
    timeout = _client_timeout(client.timeout, timeouts)
    return client.build_request(method, url, headers=headers, content=body, timeout=timeout)


def _client_timeout(own: httpx.Timeout, timeouts: Timeouts) -> httpx.Timeout:
    """The client's own time limits, unless the session has some."""
    if timeouts.response is None and timeouts.connect is None:
        return own
    timeout = own if timeouts.response is None else type(own)(timeouts.response, pool=own.pool)
    if timeouts.connect is not None:
        timeout = type(own)(**{**timeout.as_dict(), "connect": timeouts.connect})
    return timeout


def decompressed_head(response: httpx.Response) -> Response:
    """The head of a response whose body the client decompresses."""
    headers = read_headers(response.headers.raw)
    headers.pop("content-encoding", None)
    return Response(response.status_code, headers, b"")


def refused_by_hook(error: Exception) -> Any:
    """The response for which a hook of the caller's client raised; None for other exceptions."""
    return getattr(error, "response", None) if "HTTPStatusError" in names_of(error, "httpx", "httpx2") else None
