"""Puts requests on the wire. The only module that knows which HTTP library is used.

A session's own transports skip the client of that library: they hand a request with ready headers straight to a
connection pool, which halves the cost of a call. What the client would have done is stated here instead: redirects are
not followed, cookies not kept, certificates checked, proxies taken from the environment. A client that the caller
supplies is used through its public methods, with whatever it was set up for.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
import time
import urllib.request
import weakref
from collections import deque
from collections.abc import AsyncIterator, Generator, Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO, Self, TypeAlias

import httpx

from ..exceptions import HtcClosedError, HtcConfigurationError, HtcMissingExtraError
from .bodies import Body, UnreadableBody
from .messages import Failure, FailureKind, Request, Response, Timeouts
from .settings import Settings, locate

_BODILESS = frozenset({"GET", "DELETE", "HEAD"})
# Long enough for a script that polls, short enough that the service seldom hangs up first: a POST that meets a
# connection just being closed cannot be repeated.
_KEEP_ALIVE_SECONDS = 15.0
_CHUNK = 1 << 20
_TIMEOUT = 120.0
_CONNECT_TIMEOUT = 10.0

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
_Limits: TypeAlias = dict[str, float]


class Transport:
    """Connections of our own for any number of threads, each a pool of one.

    A connection whose call did not end cleanly, by an error or an interrupt, is closed and never used again. One that
    an interrupt loses while it changes hands no longer counts once nothing refers to it.
    """

    def __init__(self, settings: Settings) -> None:
        self._host = _host(settings)
        self._options = _pool_options(settings)
        self._limit, self._max_bytes = settings.max_connections, settings.max_response_bytes
        self._all: weakref.WeakSet[httpx.HTTPTransport] = weakref.WeakSet()
        self._idle: list[httpx.HTTPTransport] = []
        self._waiting: deque[threading.Lock] = deque()
        self._creating = threading.Lock()
        self._last_release = 0.0
        self._closed = False

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """Headers in the form that costs least when they are sent often."""
        return httpx.Headers({"host": self._host, **headers})

    def send(self, request: Request) -> Response | Failure:
        """Send a request and read the whole answer."""
        try:
            connection = self._take(_limits(request.timeouts)["pool"])
        except Exception as error:
            return _unsent(error)
        try:
            response = connection.handle_request(_build(request))
            body = Body(self._max_bytes)
            for part in _sync_stream(response):
                body.add(part)
            response.close()
            content = body.content(response.headers)
        except BaseException as error:
            self._discard(connection)
            if isinstance(error, Exception):
                return _failure(error)
            raise
        if self._closed or _has_unrequested_bytes(connection):
            self._discard(connection)
        else:
            # The one used last is used next: the others may grow old and be let go of.
            self._idle.append(connection)
            self._release()
        return Response(response.status_code, response.headers, content)

    def close(self) -> None:
        """Close all connections; calls under way in other threads end with a failure."""
        self._closed = True
        for connection in list(self._all):
            _shut_down(connection)
        while self._idle:
            self._idle.pop().close()
        while self._waiting:
            self._release()

    def _take(self, limit: float) -> httpx.HTTPTransport:
        """An idle connection, a new one, or the next that another thread releases."""
        started = time.monotonic()
        while not self._closed:
            with contextlib.suppress(IndexError):
                return self._idle.pop()
            with self._creating:
                if len(self._all) < self._limit:
                    connection = httpx.HTTPTransport(**self._options)
                    # The library's lock is written in Python: an interrupt inside it would leave it locked, and its own
                    # clean-up would wait for it for ever.
                    pool: Any = connection._pool  # pyright: ignore[reportPrivateUsage]
                    pool._optional_thread_lock = threading.Lock()
                    self._all.add(connection)
                    return connection
            if time.monotonic() > max(started, self._last_release) + limit:
                raise httpx.PoolTimeout("")
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
            # An interrupted thread may have swallowed the signal, so a waiting one also looks by itself.
            if not self._idle:
                gate.acquire(timeout=min(limit, 1.0))
            with contextlib.suppress(ValueError):
                self._waiting.remove(gate)
        raise HtcClosedError("The session was closed.")

    def _release(self) -> None:
        self._last_release = time.monotonic()
        with contextlib.suppress(IndexError):
            self._waiting.popleft().release()

    def _discard(self, connection: httpx.HTTPTransport) -> None:
        self._all.discard(connection)
        # Not by the pool's own method, which waits for a lock that an interrupt may have left locked.
        wire = _wire(connection)
        if wire is not None:
            wire._network_stream.close()
        self._release()


class AsyncTransport:
    """Connections of our own for one event loop, each a pool of one.

    A pool of the library looks through all its connections and all who wait for one whenever a connection changes
    hands, which costs more than the calls themselves when fifty are under way. A connection whose call did not end
    cleanly, by an error or a cancellation, is closed and never used again.
    """

    def __init__(self, settings: Settings) -> None:
        self._host = _host(settings)
        self._options = _pool_options(settings)
        self._busy: set[httpx.AsyncHTTPTransport] = set()
        self._idle: list[httpx.AsyncHTTPTransport] = []
        self._slots, self._max_bytes = asyncio.Semaphore(settings.max_connections), settings.max_response_bytes
        self._last_release = 0.0
        self._closing: set[asyncio.Task[None]] = set()
        self._closed = False

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """Headers in the form that costs least when they are sent often."""
        return httpx.Headers({"host": self._host, **headers})

    async def send(self, request: Request) -> Response | Failure:
        """Send a request and read the whole answer."""
        try:
            await self._take_slot(_limits(request.timeouts)["pool"])
        except Exception as error:
            return _unsent(error)
        try:
            return await self._send(request)
        finally:
            self._last_release = time.monotonic()
            self._slots.release()

    async def _send(self, request: Request) -> Response | Failure:
        try:
            connection = self._idle.pop() if self._idle else httpx.AsyncHTTPTransport(**self._options)
        except Exception as error:
            return _unsent(error)
        self._busy.add(connection)
        is_clean = False
        try:
            response = await connection.handle_async_request(_build(request))
            body = Body(self._max_bytes)
            async for part in _async_stream(response):
                body.add(part)
            await response.aclose()
            content = body.content(response.headers)
            is_clean = not self._closed and not _has_unrequested_bytes(connection)
        except Exception as error:
            return _failure(error)
        finally:
            self._busy.discard(connection)
            if is_clean:
                # The one used last is used next: the others may grow old and be let go of.
                self._idle.append(connection)
            else:
                self._discard(connection)
        return Response(response.status_code, response.headers, content)

    async def close(self) -> None:
        """Close all connections; calls under way in other tasks end with a failure."""
        self._closed = True
        for connection in (*self._idle, *self._busy):
            self._discard(connection)
        self._idle.clear()
        await asyncio.gather(*self._closing, return_exceptions=True)

    async def _take_slot(self, limit: float) -> None:
        if not self._slots.locked():
            await self._slots.acquire()  # at once
            return
        loop = asyncio.get_running_loop()
        started = time.monotonic()
        while (left := max(started, self._last_release) + limit - time.monotonic()) > 0:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(loop.time() + left):
                    await self._slots.acquire()
                    return
        raise httpx.PoolTimeout("")

    def _discard(self, connection: httpx.AsyncHTTPTransport) -> None:
        # In a task of its own, which a cancellation of the call does not reach.
        task = asyncio.get_running_loop().create_task(connection.aclose())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


class ClientTransport:
    """A client that the caller supplied, and will close."""

    def __init__(self, client: object, settings: Settings) -> None:
        if not isinstance(client, httpx.Client):
            raise HtcConfigurationError(f"http_client must be an httpx.Client, not {type(client).__name__}.")
        self._client = client
        _refuse_connection_options(settings)
        self._headers, self._max_bytes = _client_headers(client.headers), settings.max_response_bytes

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """The client completes them itself."""
        return httpx.Headers({**headers, **self._headers})

    def send(self, request: Request) -> Response | Failure:
        """Send a request and read the whole answer."""
        client = self._client
        _check_open(client)
        try:
            timeout = _client_timeout(client.timeout, request.timeouts)
            built = client.build_request(
                request.method, request.url, headers=request.headers, content=request.body, timeout=timeout
            )
            body = Body(self._max_bytes)
            response = client.send(built, stream=True, follow_redirects=False)
            with contextlib.closing(response):
                for part in response.iter_bytes():
                    body.add(part)
            return Response(response.status_code, response.headers, body.content({}))
        except httpx.HTTPStatusError as error:  # raised by a hook of the client
            return Response(error.response.status_code, error.response.headers, error.response.read())
        except Exception as error:
            return _failure(error)

    def close(self) -> None:
        """Leaves the client open: it is not ours."""


class AsyncClientTransport:
    """An async client that the caller supplied, and will close."""

    def __init__(self, client: object, settings: Settings) -> None:
        if not isinstance(client, httpx.AsyncClient):
            raise HtcConfigurationError(f"http_client must be an httpx.AsyncClient, not {type(client).__name__}.")
        self._client = client
        _refuse_connection_options(settings)
        self._headers, self._max_bytes = _client_headers(client.headers), settings.max_response_bytes

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """The client completes them itself."""
        return httpx.Headers({**headers, **self._headers})

    async def send(self, request: Request) -> Response | Failure:
        """Send a request and read the whole answer."""
        client = self._client
        _check_open(client)
        try:
            timeout = _client_timeout(client.timeout, request.timeouts)
            built = client.build_request(
                request.method, request.url, headers=request.headers, content=request.body, timeout=timeout
            )
            body = Body(self._max_bytes)
            response = await client.send(built, stream=True, follow_redirects=False)
            async with contextlib.aclosing(response):
                async for part in response.aiter_bytes():
                    body.add(part)
            return Response(response.status_code, response.headers, body.content({}))
        except httpx.HTTPStatusError as error:  # raised by a hook of the client
            return Response(error.response.status_code, error.response.headers, await error.response.aread())
        except Exception as error:
            return _failure(error)

    async def close(self) -> None:
        """Leaves the client open: it is not ours."""


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
        # Outside of the handler: the exceptions of the HTTP library hold the URL, and nothing may lead to it.
        raise TransferFailure(failure)


class Transfer:
    """One request outside the API, by the session's rules for proxies and certificates.

    Attributes:
        status: HTTP status.
    """

    def __init__(
        self, settings: Settings, method: str, url: str, headers: Mapping[str, str], body: BinaryIO | None
    ) -> None:
        """Send the request, with the content of a file if one is given.

        Raises:
            TransferFailure: No response came.
        """
        location = locate(url)
        origin = location.origin if location else ""
        timeout = {"timeout": _limits(settings.timeouts)}
        content = None if body is None else iter(lambda: body.read(_CHUNK), b"")
        with _transfer_failures():
            self._transport = httpx.HTTPTransport(verify=_certificates(settings, origin), **_proxy(settings, origin))
            request = httpx.Request(method, url, headers=dict(headers), content=content, extensions=timeout)
            self.status = self._transport.handle_request(request).status_code

    def close(self) -> None:
        """Close the connection."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _build(request: Request) -> httpx.Request:
    method, url, headers, body, timeouts = request
    if body is None and method in _BODILESS:
        # With a stream given, the request takes the headers as they are, which is what they were prepared for. A
        # request that is headers alone always fits in the socket's buffer, so there is no time limit to keep.
        extensions = {"timeout": _limits_without_body(timeouts)}
        return httpx.Request(method, _url(url), headers=headers, stream=_NO_BODY, extensions=extensions)
    return httpx.Request(method, _url(url), headers=headers, content=body, extensions={"timeout": _limits(timeouts)})


@lru_cache(maxsize=64)
def _limits(timeouts: Timeouts) -> _Limits:
    wait = timeouts.answer or _TIMEOUT
    return {"connect": timeouts.connect or _CONNECT_TIMEOUT, "read": wait, "write": wait, "pool": wait}


@lru_cache(maxsize=64)
def _limits_without_body(timeouts: Timeouts) -> dict[str, float | None]:
    return {**_limits(timeouts), "write": None}


def _sync_stream(response: httpx.Response) -> httpx.SyncByteStream:
    """The body as it arrives, without the library's decompression, which has no limit."""
    assert isinstance(response.stream, httpx.SyncByteStream)
    return response.stream


def _async_stream(response: httpx.Response) -> httpx.AsyncByteStream:
    assert isinstance(response.stream, httpx.AsyncByteStream)
    return response.stream


def _host(settings: Settings) -> str:
    return httpx.URL(settings.base_url).netloc.decode("ascii")


def _certificates(settings: Settings, origin: str) -> ssl.SSLContext:
    """What is trusted, for all connections: reading the certificates takes longer than many calls.

    Without TLS they are not read, and nothing would be trusted.
    """
    if not origin.startswith("https:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if not settings.ca_files:
        return httpx.create_ssl_context()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for path in settings.ca_files:
        is_folder = Path(path).is_dir()
        try:
            context.load_verify_locations(None if is_folder else path, path if is_folder else None)
        except OSError as error:  # ssl.SSLError is one
            raise HtcConfigurationError(
                f"The certificate file {path} cannot be used: {error.strerror or error}. It must hold certificates in "
                "PEM form."
            ) from error
    return context


def _pool_options(settings: Settings) -> dict[str, Any]:
    limits = httpx.Limits(max_connections=1, keepalive_expiry=_KEEP_ALIVE_SECONDS)
    return {"limits": limits, "verify": _certificates(settings, settings.origin), **_proxy(settings, settings.origin)}


def _wire(connection: httpx.HTTPTransport | httpx.AsyncHTTPTransport) -> Any:
    """The library's HTTP/1.1 connection inside a pool of one, None before it is connected.

    The library has no public way to the socket of a call under way, nor to bytes that it received unrequested.
    """
    pool: Any = connection._pool  # pyright: ignore[reportPrivateUsage]
    found: Any = next(iter(pool.connections), None)
    while found is not None and not hasattr(found, "_h11_state"):
        found = getattr(found, "_connection", None)
    return found


def _has_unrequested_bytes(connection: httpx.HTTPTransport | httpx.AsyncHTTPTransport) -> bool:
    """Whether more came than the answer, which the next call would take for its own."""
    wire = _wire(connection)
    return wire is not None and bool(wire._h11_state.trailing_data[0])


def _shut_down(connection: httpx.HTTPTransport) -> None:
    """End the call that is under way on a connection in another thread."""
    wire = _wire(connection)
    if wire is not None:
        with contextlib.suppress(OSError):
            # Closing a socket does not wake a thread that reads from it; that of TLS would wait for its peer.
            socket.socket.shutdown(wire._network_stream.get_extra_info("socket"), socket.SHUT_RDWR)


def _client_timeout(own: httpx.Timeout, timeouts: Timeouts) -> httpx.Timeout:
    """The client's own time limits, unless the session was told others."""
    if timeouts.answer is None and timeouts.connect is None:
        return own
    timeout = own if timeouts.answer is None else httpx.Timeout(timeouts.answer, pool=own.pool)
    if timeouts.connect is not None:
        timeout = httpx.Timeout(**{**timeout.as_dict(), "connect": timeouts.connect})
    return timeout


def _client_headers(own: Mapping[str, str]) -> dict[str, str]:
    """The client's own name, if it was given one."""
    name = own.get("user-agent", "")
    return {} if not name or name.startswith("python-httpx") else {"user-agent": name}


def _refuse_connection_options(settings: Settings) -> None:
    if settings.proxy is not None or settings.has_ca_argument:
        raise HtcConfigurationError(
            "The http_client makes its own connections: pass proxy and certificates to the client, not to the session."
        )


def _proxy(settings: Settings, origin: str) -> dict[str, Any]:
    """The proxy of the session, or the one that the environment asks for, as urllib reads it."""
    scheme, _, host = origin.partition("://")
    if settings.proxy is not None:
        url, source = settings.proxy, "in the argument proxy"
    else:
        proxies = urllib.request.getproxies()
        found = proxies.get(scheme) or proxies.get("all")
        if not found or urllib.request.proxy_bypass(host):
            return {}
        url = found if "://" in found else f"http://{found}"
        source = f"that the environment names for {scheme}; correct it, or set NO_PROXY"
    with contextlib.suppress(ValueError, httpx.InvalidURL):
        proxy = httpx.Proxy(url)
        if proxy.url.scheme.startswith("socks") and find_spec("socksio") is None:
            raise HtcMissingExtraError(f'The proxy {source} speaks SOCKS, which needs: pip install "httpx[socks]"')
        return {"proxy": proxy}
    # The value may hold a password: it is not repeated, and no exception that holds it is chained.
    raise HtcConfigurationError(f"There is no usable URL in the proxy {source}.")


def _check_open(client: httpx.Client | httpx.AsyncClient) -> None:
    if client.is_closed:
        raise HtcClosedError("The http_client of this session was closed.")


def _unsent(error: Exception) -> Failure:
    """The failure of a request for which there was no connection."""
    failure = _failure(error)
    return failure if failure.kind is FailureKind.NEVER_SENT else failure._replace(kind=FailureKind.NOT_RETRYABLE)


# Errors that an async connection raises without a text.
_WITHOUT_WORDS: dict[type[Exception], str] = {
    httpx.ConnectError: "the connection cannot be made",
    httpx.ReadError: "the connection broke while waiting for the answer",
    httpx.WriteError: "the connection broke while sending the request",
    httpx.CloseError: "the connection broke while it was being closed",
}


def _failure(error: Exception) -> Failure:
    """Whatever is not provably unsent is taken for received."""
    detail = str(error) or _WITHOUT_WORDS.get(type(error)) or type(error).__name__
    kind, timeout = FailureKind.LOST, False
    if isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout):
        what = "connecting" if isinstance(error, httpx.ConnectTimeout) else "waiting for a free connection"
        kind, timeout, detail = FailureKind.NEVER_SENT, True, f"time ran out while {what}"
    elif isinstance(error, httpx.ReadTimeout | httpx.WriteTimeout):
        what = "waiting for the answer" if isinstance(error, httpx.ReadTimeout) else "sending the request"
        timeout, detail = True, f"time ran out while {what}"
    elif isinstance(error, httpx.TimeoutException):
        timeout = True
    elif isinstance(error, httpx.ConnectError) and "CERTIFICATE_VERIFY_FAILED" in detail:
        kind = FailureKind.NOT_RETRYABLE
    elif isinstance(error, httpx.ConnectError | httpx.ProxyError):
        kind = FailureKind.NEVER_SENT
    elif isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError | httpx.InvalidURL):
        kind = FailureKind.NOT_RETRYABLE
    elif isinstance(error, httpx.DecodingError | UnreadableBody):
        kind = FailureKind.UNREADABLE
    return Failure(kind, timeout, detail, error)
