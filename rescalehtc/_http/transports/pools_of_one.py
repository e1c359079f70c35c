"""One connection of httpcore, the library below httpx, in a pool of its own.

Some of what is needed has no public way; it is accessed here only.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from functools import lru_cache
from typing import Any

from ..messages import Request, Timeouts
from ..settings import Settings
from .certificates import trusted_certificates
from .libraries import httpcore, httpx
from .proxies import proxy_for

_BODILESS = frozenset({"GET", "DELETE", "HEAD"})
# Long enough for a script that polls, short enough that the service rarely hangs up first: a POST that meets a
# connection just being closed cannot be repeated.
KEEP_ALIVE_SECONDS = 15.0
_TIMEOUT = 120.0
_CONNECT_TIMEOUT = 10.0


# Parsing a URL costs as much as decoding a job, and a program that polls asks for the same ones again and again.
@lru_cache(maxsize=1024)
def _url(text: str) -> httpcore.URL:
    url = httpx.URL(text)
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


class _NoBody:
    """The body of a request without one; sending an empty part, as the library's own does, is costly."""

    def __iter__(self) -> Iterator[bytes]:
        return iter(())

    async def __aiter__(self) -> AsyncIterator[bytes]:
        return
        yield b""


_NO_BODY = _NoBody()


def pool_options(settings: Settings) -> dict[str, Any]:
    """Arguments for a transport of httpx, which makes the pool."""
    return {
        "limits": httpx.Limits(max_connections=1, keepalive_expiry=KEEP_ALIVE_SECONDS),
        "verify": trusted_certificates(settings, settings.origin),
        **proxy_for(settings, settings.origin),
    }


def host_of(settings: Settings) -> str:
    """The value of the Host header."""
    return httpx.URL(settings.base_url).netloc.decode("ascii")


def build(request: Request) -> httpcore.Request:
    """The request in the form of httpcore."""
    method, url, headers, body, timeouts = request
    assert isinstance(headers, httpx.Headers)
    raw = headers.raw
    if body is None and method in _BODILESS:
        # A request that is headers alone always fits in the socket's buffer, so there is no time limit to keep.
        return httpcore.Request(
            method, _url(url), headers=raw, content=_NO_BODY, extensions={"timeout": _limits_without_body(timeouts)}
        )
    content = body or b""
    raw.append((b"content-length", str(len(content)).encode()))
    return httpcore.Request(method, _url(url), headers=raw, content=content, extensions={"timeout": limits(timeouts)})


def shortest_way(pool: httpcore.ConnectionPool | httpcore.AsyncConnectionPool) -> Any:
    """The connection of a pool of one, if it can be used again; or else the pool, which makes a new one."""
    connection = next(iter(pool.connections), None)
    return pool if connection is None or not connection.is_idle() or connection.has_expired() else connection


@lru_cache(maxsize=64)
def limits(timeouts: Timeouts) -> dict[str, float]:
    """Time limits in seconds, under the names of httpcore."""
    wait = timeouts.response or _TIMEOUT
    return {"connect": timeouts.connect or _CONNECT_TIMEOUT, "read": wait, "write": wait, "pool": wait}


@lru_cache(maxsize=64)
def _limits_without_body(timeouts: Timeouts) -> dict[str, float | None]:
    return {**limits(timeouts), "write": None}


def socket_holder(pool: httpcore.ConnectionPool | httpcore.AsyncConnectionPool) -> Any:
    """The library's HTTP/1.1 connection inside a pool of one, None before it is connected.

    The library has no public way to the socket of a call under way, nor to bytes that it received unrequested.
    """
    found: Any = next(iter(pool.connections), None)
    while found is not None and not hasattr(found, "_h11_state"):
        found = getattr(found, "_connection", None)
    return found


def has_unrequested_bytes(pool: httpcore.ConnectionPool | httpcore.AsyncConnectionPool) -> bool:
    """Whether more arrived than the response, which the next call would take for its own."""
    connection = socket_holder(pool)
    return connection is not None and bool(connection._h11_state.trailing_data[0])


def shut_down(pool: httpcore.ConnectionPool) -> None:
    """End the call that is under way on a connection in another thread."""
    connection = socket_holder(pool)
    if connection is not None:
        with contextlib.suppress(OSError):
            # Closing a socket does not wake a thread that reads from it; closing one with TLS would wait for its peer.
            socket.socket.shutdown(connection._network_stream.get_extra_info("socket"), socket.SHUT_RDWR)
