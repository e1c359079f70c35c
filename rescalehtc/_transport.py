"""Puts requests on the wire. The only module that knows which HTTP library is used.

A session's own transports skip the client of that library: they hand a request with ready headers straight to a
connection pool, which halves the cost of a call. What the client would have done is stated here instead: redirects are
not followed, cookies not kept, certificates checked, proxies taken from the environment. A client that the caller
supplies is used through its public methods, with whatever it was set up for.
"""

from __future__ import annotations

import asyncio
import ssl
import urllib.request
from collections.abc import AsyncIterator, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

import httpx

from ._effects import Failure, Kind, Reply, Send
from ._settings import DEFAULT_CONNECT_TIMEOUT, DEFAULT_TIMEOUT, Settings
from .exceptions import HtcClosedError, HtcConfigurationError

_BODILESS = frozenset({"GET", "DELETE", "HEAD"})
# Long enough for a script that polls, short enough that the service seldom hangs up first: a POST that meets a
# connection just being closed cannot be repeated.
_KEEP_ALIVE_SECONDS = 15.0

# Parsing a URL costs as much as decoding a job, and a program that polls asks for the same ones again and again.
_url = lru_cache(maxsize=1024)(httpx.URL)


class _NoBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of a request without one; an empty part, as the library's own has it, is costly to send."""

    def __iter__(self) -> Iterator[bytes]:
        return iter(())

    async def __aiter__(self) -> AsyncIterator[bytes]:
        return
        yield b""


_NO_BODY = _NoBody()
_Timeout: TypeAlias = dict[str, float | None]


class Transport:
    """A connection pool of our own."""

    def __init__(self, settings: Settings) -> None:
        self._host = _host(settings)
        self._timeout = _timeout(settings)
        self._pool = httpx.HTTPTransport(limits=_limits(settings), verify=_certificates(settings), **_proxy(settings))

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """Headers in the form that costs least when they are sent often."""
        return httpx.Headers({"host": self._host, **headers})

    def send(self, effect: Send) -> Reply | Failure:
        """Send a request and read the whole answer."""
        try:
            response = self._pool.handle_request(_request(effect, self._timeout))
            try:
                # Uncompressed, which is the rule for small answers, the stream is the body.
                if "content-encoding" not in response.headers and isinstance(response.stream, httpx.SyncByteStream):
                    content = b"".join(response.stream)
                else:
                    content = response.read()
            finally:
                response.close()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return _failure(error)
        return Reply(response.status_code, response.headers, content)

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class AsyncTransport:
    """Connection pools of our own, for one event loop.

    Each is a pool of one: a pool of the library looks through all its connections and all who wait for one whenever
    a connection changes hands, which costs more than the calls themselves when fifty are under way.
    """

    def __init__(self, settings: Settings) -> None:
        self._host = _host(settings)
        self._timeout = _timeout(settings)
        self._options: dict[str, Any] = {
            "limits": httpx.Limits(max_connections=1, keepalive_expiry=_KEEP_ALIVE_SECONDS),
            "verify": _certificates(settings),
            **_proxy(settings),
        }
        self._all: list[httpx.AsyncHTTPTransport] = []
        self._idle: list[httpx.AsyncHTTPTransport] = []
        self._slots = asyncio.Semaphore(settings.max_connections)

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """Headers in the form that costs least when they are sent often."""
        return httpx.Headers({"host": self._host, **headers})

    async def send(self, effect: Send) -> Reply | Failure:
        """Send a request and read the whole answer."""
        async with self._slots:
            connection = self._take()
            try:
                response = await connection.handle_async_request(_request(effect, self._timeout))
                try:
                    if "content-encoding" not in response.headers and isinstance(
                        response.stream, httpx.AsyncByteStream
                    ):
                        content = b"".join([part async for part in response.stream])
                    else:
                        content = await response.aread()
                finally:
                    await response.aclose()
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                return _failure(error)
            finally:
                # The one used last is used next: the others may grow old and be let go of.
                self._idle.append(connection)
        return Reply(response.status_code, response.headers, content)

    async def close(self) -> None:
        """Close all connections."""
        for connection in self._all:
            await connection.aclose()

    def _take(self) -> httpx.AsyncHTTPTransport:
        if self._idle:
            return self._idle.pop()
        connection = httpx.AsyncHTTPTransport(**self._options)
        self._all.append(connection)
        return connection


class ClientTransport:
    """A client that the caller supplied, and will close."""

    def __init__(self, client: object, settings: Settings) -> None:
        if not isinstance(client, httpx.Client):
            raise HtcConfigurationError(f"http_client must be an httpx.Client, not {type(client).__name__}.")
        self._client = client
        self._options = _client_options(client.timeout, settings)

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """The client completes them itself."""
        return httpx.Headers(dict(headers))

    def send(self, effect: Send) -> Reply | Failure:
        """Send a request and read the whole answer."""
        client = self._client
        _check_open(client)
        try:
            request = client.build_request(
                effect.method, effect.url, headers=effect.headers, content=effect.body, **self._options
            )
            response = client.send(request, follow_redirects=False)
            return Reply(response.status_code, response.headers, response.content)
        except httpx.HTTPStatusError as error:  # raised by a hook of the client
            return Reply(error.response.status_code, error.response.headers, error.response.read())
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return _failure(error)

    def close(self) -> None:
        """Leaves the client open: it is not ours."""


class AsyncClientTransport:
    """An async client that the caller supplied, and will close."""

    def __init__(self, client: object, settings: Settings) -> None:
        if not isinstance(client, httpx.AsyncClient):
            raise HtcConfigurationError(f"http_client must be an httpx.AsyncClient, not {type(client).__name__}.")
        self._client = client
        self._options = _client_options(client.timeout, settings)

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """The client completes them itself."""
        return httpx.Headers(dict(headers))

    async def send(self, effect: Send) -> Reply | Failure:
        """Send a request and read the whole answer."""
        client = self._client
        _check_open(client)
        try:
            request = client.build_request(
                effect.method, effect.url, headers=effect.headers, content=effect.body, **self._options
            )
            response = await client.send(request, follow_redirects=False)
            return Reply(response.status_code, response.headers, response.content)
        except httpx.HTTPStatusError as error:  # raised by a hook of the client
            return Reply(error.response.status_code, error.response.headers, await error.response.aread())
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return _failure(error)

    async def close(self) -> None:
        """Leaves the client open: it is not ours."""


def _request(effect: Send, timeout: _Timeout) -> httpx.Request:
    method, url, headers, body = effect
    if body is None and method in _BODILESS:
        # With a stream given, the request takes the headers as they are, which is what they were prepared for. A
        # request that is headers alone always fits in the socket's buffer, so there is no time limit to keep.
        extensions = {"timeout": {**timeout, "write": None}}
        return httpx.Request(method, _url(url), headers=headers, stream=_NO_BODY, extensions=extensions)
    return httpx.Request(method, _url(url), headers=headers, content=body, extensions={"timeout": timeout})


def _host(settings: Settings) -> str:
    return httpx.URL(settings.base_url).netloc.decode("ascii")


def _certificates(settings: Settings) -> ssl.SSLContext:
    """What is trusted, for all connections: reading the certificates takes longer than many calls.

    Without TLS they are not read, and nothing would be trusted.
    """
    encrypted = settings.origin.startswith("https:")
    return httpx.create_ssl_context() if encrypted else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _limits(settings: Settings) -> httpx.Limits:
    return httpx.Limits(
        max_connections=settings.max_connections,
        max_keepalive_connections=settings.max_connections,
        keepalive_expiry=_KEEP_ALIVE_SECONDS,
    )


def _timeout(settings: Settings) -> _Timeout:
    wait = settings.timeout or DEFAULT_TIMEOUT
    # No limit on the wait for a free connection: whoever queues there is held up by calls that have limits.
    return httpx.Timeout(wait, connect=settings.connect_timeout or DEFAULT_CONNECT_TIMEOUT, pool=None).as_dict()


def _client_options(own: httpx.Timeout, settings: Settings) -> dict[str, Any]:
    """The client's own time limits stand unless the session was told others."""
    if settings.timeout is None and settings.connect_timeout is None:
        return {}
    timeout = own if settings.timeout is None else httpx.Timeout(settings.timeout, pool=own.pool)
    if settings.connect_timeout is not None:
        timeout = httpx.Timeout(**{**timeout.as_dict(), "connect": settings.connect_timeout})
    return {"timeout": timeout}


def _proxy(settings: Settings) -> dict[str, Any]:
    """The proxy that the environment asks for, as urllib reads it."""
    scheme, _, host = settings.origin.partition("://")
    proxies = urllib.request.getproxies()
    proxy = proxies.get(scheme) or proxies.get("all")
    if not proxy or urllib.request.proxy_bypass(host):
        return {}
    try:
        return {"proxy": httpx.Proxy(proxy if "://" in proxy else f"http://{proxy}")}
    except (ValueError, httpx.InvalidURL):
        # The value may hold a password, so it is not repeated.
        raise HtcConfigurationError(
            f"The proxy that the environment names for {scheme} is no usable URL; correct it, or set NO_PROXY."
        ) from None


def _check_open(client: httpx.Client | httpx.AsyncClient) -> None:
    if client.is_closed:
        raise HtcClosedError("The http_client of this session was closed.")


def _failure(error: httpx.HTTPError | httpx.InvalidURL) -> Failure:
    detail = str(error) or type(error).__name__
    if isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout):
        what = "connecting" if isinstance(error, httpx.ConnectTimeout) else "waiting for a free connection"
        return Failure(Kind.NEVER_SENT, True, f"time ran out while {what}")
    if isinstance(error, httpx.ReadTimeout | httpx.WriteTimeout):
        what = "waiting for the answer" if isinstance(error, httpx.ReadTimeout) else "sending the request"
        return Failure(Kind.LOST, True, f"time ran out while {what}")
    if isinstance(error, httpx.TimeoutException):
        return Failure(Kind.LOST, True, detail)
    if isinstance(error, httpx.ConnectError) and "CERTIFICATE_VERIFY_FAILED" in detail:
        return Failure(Kind.HOPELESS, False, detail)
    if isinstance(error, httpx.ConnectError | httpx.ProxyError):
        return Failure(Kind.NEVER_SENT, False, detail)
    if isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError | httpx.InvalidURL):
        return Failure(Kind.HOPELESS, False, detail)
    if isinstance(error, httpx.DecodingError):
        return Failure(Kind.UNREADABLE, False, detail)
    return Failure(Kind.LOST, False, detail)
