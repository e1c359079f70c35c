"""Sends requests. The only module that knows which HTTP libraries are used.

They are httpx, or its fork httpx2 if that is installed (what is said of httpx here is true of both), and, for async
sessions without a proxy, aiohttp if that is installed. ``RESCALE_HTC_TRANSPORT`` chooses one of the three.

A session's own transports skip the client of that library: they hand a request with ready headers straight to a
connection, which cuts the cost of a call to a third. What the client would have done is stated here instead:
redirects are not followed, cookies not kept, certificates checked, proxies taken from the environment. A client that
the caller supplies is used through its public methods, as it was configured.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import select
import socket
import ssl
import sys
import threading
import time
import urllib.request
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator, Mapping
from functools import lru_cache, partial
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

import certifi

from ..exceptions import HtcClosedError, HtcConfigurationError, HtcMissingExtraError
from .bodies import Body, UnreadableBody
from .messages import Failure, FailureKind, Request, Response, StreamBroken, Timeouts, read_headers
from .settings import Settings, locate

_CHOICE = "RESCALE_HTC_TRANSPORT"
_LIBRARIES = ("httpx", "httpx2", "aiohttp")


def _is_chosen(library: str) -> bool:
    """Whether to use a library: the environment names it, or it is installed and the environment names none."""
    is_installed, name = find_spec(library) is not None, os.environ.get(_CHOICE)
    if name and name not in _LIBRARIES:
        raise HtcConfigurationError(f"{_CHOICE} must be one of {', '.join(_LIBRARIES)}, not {name!r}.")
    if name == library and not is_installed:
        raise HtcMissingExtraError(f'{_CHOICE}={name} needs: pip install "rescalehtc[{name}]"')
    return name == library if name else is_installed


if TYPE_CHECKING:
    import aiohttp
    import httpcore
    import httpx
else:
    httpx = import_module("httpx2" if _is_chosen("httpx2") else "httpx")
    # The library below it, which it brings.
    httpcore = import_module(httpx.__name__.replace("httpx", "httpcore"))

# Otherwise the first look-up of a host imports it, at a moment when other threads may fork.
import_module("encodings.idna")

_BODILESS = frozenset({"GET", "DELETE", "HEAD"})
# Long enough for a script that polls, short enough that the service rarely hangs up first: a POST that meets a
# connection just being closed cannot be repeated.
_KEEP_ALIVE_SECONDS = 15.0
_CHUNK = 1 << 20
_TIMEOUT = 120.0
_CONNECT_TIMEOUT = 10.0
# The limit of h11, which httpx uses; aiohttp's own would refuse 8 kB.
_LONGEST_HEADER = 100 * 1024
_OLDEST_AIOHTTP = (3, 12)
_NO_LIMIT = contextlib.nullcontext()


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
_Limits: TypeAlias = dict[str, float]


class Transport:
    """Connections of our own for any number of threads, each a pool of one.

    A connection whose call did not end cleanly, by an error or an interrupt, is closed and never used again.
    """

    def __init__(self, settings: Settings) -> None:
        self._host = _host(settings)
        self._options = _pool_options(settings)
        self._limit, self._max_bytes = settings.max_connections, settings.max_response_bytes
        # Keyed by call, so that an interrupt anywhere, even between finding a connection and noting it, ends its use.
        self._busy: dict[object, httpcore.ConnectionPool | None] = {}
        self._idle: list[httpcore.ConnectionPool] = []
        self._waiting: deque[threading.Lock] = deque()
        self._lock = threading.RLock()  # a signal handler may make calls inside of it
        self._last_release = 0.0
        self._closed = False

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """Headers in the form that costs least when they are sent often."""
        return httpx.Headers({"host": self._host, **headers})

    def send(self, request: Request) -> Response | Failure:
        """Send a request and read the whole response."""
        call = object()
        pool: httpcore.ConnectionPool | None = None
        try:
            pool = self._take(call, _limits(request.timeouts)["pool"])
            response = _shortest_way(pool).handle_request(_build(request))
            body = Body(self._max_bytes)
            for part in response.stream:
                body.add(part)
            response.stream.close()
            headers = read_headers(response.headers)
            content = body.content(headers)
            if self._closed or _has_unrequested_bytes(pool):
                self._discard(call)
            else:
                with self._lock:
                    # The one used last is used next: the others may grow old and expire.
                    del self._busy[call]
                    self._idle.append(pool)
                self._release()
                if self._closed:
                    self.close()  # it was closed in between, without this one
        except BaseException as error:
            self._discard(call)
            if isinstance(error, Exception):
                return _unsent(error) if pool is None else _failure(error)
            raise
        return Response(response.status, headers, content)

    def stream(self, request: Request) -> Generator[Response | bytes]:
        """The head of the response, then its body as it arrives, through a connection that is not used again.

        Raises:
            StreamBroken: No answer comes, or it breaks off.
        """
        call = object()
        pool: httpcore.ConnectionPool | None = None
        try:
            pool = self._take(call, _limits(request.timeouts)["pool"])
            response = _shortest_way(pool).handle_request(_build(request))
            yield Response(response.status, read_headers(response.headers), b"")
            yield from response.stream
        except Exception as error:
            raise StreamBroken(_unsent(error) if pool is None else _failure(error)) from None
        finally:
            self._discard(call)

    def close(self) -> None:
        """Close all connections; calls under way in other threads end with a failure."""
        self._closed = True
        with self._lock:
            busy = list(self._busy.values())
        for pool in busy:
            if pool is not None:
                _shut_down(pool)
        while self._idle:
            self._idle.pop().close()
        while self._waiting:
            self._release()

    def _take(self, call: object, limit: float) -> httpcore.ConnectionPool:
        """An idle connection, a new one, or the next that another thread releases."""
        started = time.monotonic()
        while not self._closed:
            with self._lock:
                if self._idle:
                    # No function call here: after one, an interrupt might lose the connection.
                    self._busy[call] = pool = self._idle[-1]
                    del self._idle[-1]
                    return pool
                if is_free := len(self._busy) < self._limit:
                    self._busy[call] = None
            if is_free:
                new: Any = httpx.HTTPTransport(**self._options)._pool  # pyright: ignore[reportPrivateUsage]
                # The library's lock is written in Python: an interrupt inside it would leave it locked, and its own
                # clean-up would wait forever.
                new._optional_thread_lock = threading.Lock()
                self._busy[call] = new
                return new
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

    def _discard(self, call: object) -> None:
        pool = self._busy.pop(call, None)
        # The pool's own method would wait for a lock that an interrupt may have left locked.
        wire = None if pool is None else _wire(pool)
        if wire is not None:
            wire._network_stream.close()
        self._release()


def open_async_transport(settings: Settings) -> AsyncTransport | AiohttpTransport:
    """Connections of our own for the running event loop, with the fastest library installed.

    aiohttp treats proxies differently (no SOCKS, other errors), so calls through a proxy do not use it.
    """
    if not _has_aiohttp() or _proxy(settings, settings.origin):
        return AsyncTransport(settings)
    return AiohttpTransport(settings)


def _has_aiohttp() -> bool:
    if not _is_chosen("aiohttp"):
        return False
    import aiohttp

    # Another package may have brought an old version.
    return tuple(map(int, aiohttp.__version__.split(".")[:2])) >= _OLDEST_AIOHTTP


class _Slots:
    """Limits the connections of an async transport; calls that wait for one get it in their order.

    A semaphore would do the same, and make a coroutine for each call.
    """

    def __init__(self, settings: Settings) -> None:
        self._free, self._max_bytes = settings.max_connections, settings.max_response_bytes
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._last_release = 0.0
        self._closed = False

    async def send(self, request: Request) -> Response | Failure:
        """Send a request and read the whole response."""
        if self._free:
            self._free -= 1
        else:
            try:
                await self._wait_for_slot(request.timeouts)
            except Exception as error:
                return _unsent(error)
        try:
            return await self._send(request)
        finally:
            self._release_slot()

    async def stream(self, request: Request) -> AsyncGenerator[Response | bytes]:
        """The head of the response, then its body as it arrives, through a connection that is not used again.

        Raises:
            StreamBroken: No answer comes, or it breaks off.
        """
        try:
            await self._wait_for_slot(request.timeouts)
        except Exception as error:
            raise StreamBroken(_unsent(error)) from None
        try:
            async with contextlib.aclosing(self._stream(request)) as parts:
                async for part in parts:
                    yield part
        except StreamBroken:
            raise
        except Exception as error:
            error = httpx.WriteTimeout("") if type(error) is TimeoutError else error
            raise StreamBroken(_failure(error)) from None
        finally:
            self._release_slot()

    async def _send(self, request: Request) -> Response | Failure:
        raise NotImplementedError

    def _stream(self, request: Request) -> AsyncGenerator[Response | bytes]:
        raise NotImplementedError

    async def _wait_for_slot(self, timeouts: Timeouts) -> None:
        if self._free:
            self._free -= 1
            return
        limit, started = _limits(timeouts)["pool"], time.monotonic()
        slot = asyncio.get_running_loop().create_future()
        self._waiting.append(slot)
        try:
            while not slot.done():
                left = max(started, self._last_release) + limit - time.monotonic()
                if left <= 0:
                    raise httpx.PoolTimeout("")
                await asyncio.wait([slot], timeout=left)
        except BaseException:
            if not slot.cancel():
                self._release_slot()  # it was handed over in the same moment
            raise

    def _release_slot(self) -> None:
        self._last_release = time.monotonic()
        while self._waiting:
            slot = self._waiting.popleft()
            if not slot.done():
                slot.set_result(None)
                return
        self._free += 1


class AsyncTransport(_Slots):
    """Connections of our own for one event loop, each a pool of one.

    The library's pool scans all its connections and all waiting calls whenever a connection changes hands, which
    costs more than the calls themselves when there are fifty. A connection whose call did not end
    cleanly, by an error or a cancellation, is closed and never used again.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._host = _host(settings)
        self._options = _pool_options(settings)
        self._busy: set[httpcore.AsyncConnectionPool] = set()
        self._idle: list[httpcore.AsyncConnectionPool] = []
        self._closing: set[asyncio.Task[None]] = set()

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """Headers in the form that costs least when they are sent often."""
        return httpx.Headers({"host": self._host, **headers})

    async def _send(self, request: Request) -> Response | Failure:
        try:
            pool: Any = self._idle.pop() if self._idle else self._new_pool()
        except Exception as error:
            return _unsent(error)
        self._busy.add(pool)
        is_clean = False
        try:
            response = await _shortest_way(pool).handle_async_request(_build(request))
            body = Body(self._max_bytes)
            async for part in response.stream:
                body.add(part)
            await response.stream.aclose()
            headers = read_headers(response.headers)
            content = body.content(headers)
            is_clean = not self._closed and not _has_unrequested_bytes(pool)
        except Exception as error:
            return _failure(error)
        finally:
            self._busy.discard(pool)
            if is_clean:
                # The one used last is used next: the others may grow old and expire.
                self._idle.append(pool)
            else:
                self._discard(pool)
        return Response(response.status, headers, content)

    async def _stream(self, request: Request) -> AsyncGenerator[Response | bytes]:
        try:
            pool = self._new_pool()
        except Exception as error:
            raise StreamBroken(_unsent(error)) from None
        self._busy.add(pool)
        try:
            response = await pool.handle_async_request(_build(request))
            yield Response(response.status, read_headers(response.headers), b"")
            async for part in response.stream:
                yield part
        finally:
            self._busy.discard(pool)
            self._discard(pool)

    async def close(self) -> None:
        """Close all connections; calls under way in other tasks end with a failure."""
        self._closed = True
        for pool in (*self._idle, *self._busy):
            self._discard(pool)
        self._idle.clear()
        await asyncio.gather(*self._closing, return_exceptions=True)

    def _new_pool(self) -> Any:
        return httpx.AsyncHTTPTransport(**self._options)._pool  # pyright: ignore[reportPrivateUsage]

    def _discard(self, pool: httpcore.AsyncConnectionPool) -> None:
        # In a task of its own, which a cancellation of the call does not reach.
        task = asyncio.get_running_loop().create_task(pool.aclose())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


class AiohttpTransport(_Slots):
    """Connections of aiohttp for one event loop.

    Not through the package httpx-aiohttp, which reports a connection that broke after the request as one that was never
    made, so that a POST would be repeated, and which costs half as much again.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        import aiohttp
        import multidict
        import yarl

        self._host, self._headers = _host(settings), multidict.CIMultiDict[str]
        self._url = lru_cache(maxsize=1024)(partial(yarl.URL, encoded=True))
        self._session = aiohttp.ClientSession(
            connector=_connector_class()(
                limit=0, keepalive_timeout=_KEEP_ALIVE_SECONDS, ssl=_certificates(settings, settings.origin)
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            max_line_size=_LONGEST_HEADER,
            max_field_size=_LONGEST_HEADER,
        )
        # Repeats are ours: an observer and the rule for a repeated DELETE would not know of the library's.
        self._session._retry_connection = False  # pyright: ignore[reportPrivateUsage]

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """Headers in the form that costs least when they are sent often."""
        return self._headers({"host": self._host, **headers})

    async def _send(self, request: Request) -> Response | Failure:
        method, url, headers, body, timeouts = request
        # The library warns of large bodies that are bytes.
        data = body if body is None or len(body) < _CHUNK else BytesIO(body)
        response: aiohttp.ClientResponse | None = None
        try:
            limits = _aiohttp_limits(timeouts)
            # The library has no limit for sending. A request that is headers alone fits in the socket's buffer.
            async with _NO_LIMIT if body is None else asyncio.timeout(_sending_limit(timeouts, len(body))):
                response = await self._session.request(
                    method, self._url(url), headers=headers, data=data, timeout=limits, allow_redirects=False
                )
            _refuse_unrequested(response)
            received, stream = Body(self._max_bytes), response.content
            while not stream.at_eof():
                received.add(await stream.readany())
            answered = read_headers(response.raw_headers)
            content = received.content(answered)
            if self._closed:
                raise httpx.ReadError("")  # the body may be incomplete
        except BaseException as error:
            if response is not None:
                response.close()
            if isinstance(error, Exception):
                return _failure(httpx.WriteTimeout("") if type(error) is TimeoutError else error)
            raise
        return Response(response.status, answered, content)

    async def _stream(self, request: Request) -> AsyncGenerator[Response | bytes]:
        method, url, headers, body, timeouts = request
        response: aiohttp.ClientResponse | None = None
        try:
            async with asyncio.timeout(_sending_limit(timeouts, len(body or b""))):
                response = await self._session.request(
                    method,
                    self._url(url),
                    headers=headers,
                    data=body and BytesIO(body),
                    timeout=_aiohttp_limits(timeouts),
                    allow_redirects=False,
                )
            _refuse_unrequested(response)
            yield Response(response.status, read_headers(response.raw_headers), b"")
            while not response.content.at_eof():
                yield await response.content.readany()
            if self._closed:
                raise httpx.ReadError("")  # the body may be incomplete
        finally:
            if response is not None:
                response.close()

    async def close(self) -> None:
        """Close all connections; calls under way in other tasks end with a failure."""
        self._closed = True
        await self._session.close()


class ClientTransport:
    """A client that the caller supplied, and will close."""

    def __init__(self, client: object, settings: Settings) -> None:
        self._client: httpx.Client = _checked_client(client, "Client")
        _refuse_connection_options(settings)
        self._headers, self._max_bytes = _client_headers(self._client.headers), settings.max_response_bytes

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """The client completes them itself."""
        return {**headers, **self._headers}

    def send(self, request: Request) -> Response | Failure:
        """Send a request and read the whole response."""
        client = self._client
        _check_open(client)
        try:
            built = _built_by(client, request)
            body = Body(self._max_bytes)
            response = client.send(built, stream=True, follow_redirects=False)
            with contextlib.closing(response):
                for part in response.iter_bytes():
                    body.add(part)
            return Response(response.status_code, read_headers(response.headers.raw), body.content({}))
        except Exception as error:
            if (refused := _refused_by_hook(error)) is not None:
                return Response(refused.status_code, read_headers(refused.headers.raw), refused.read())
            return _failure(error)

    def stream(self, request: Request) -> Generator[Response | bytes]:
        """The head of the response, then its body as it arrives.

        Raises:
            StreamBroken: No answer comes, or it breaks off.
        """
        client = self._client
        _check_open(client)
        try:
            response = client.send(_built_by(client, request), stream=True, follow_redirects=False)
            with contextlib.closing(response):
                yield _decompressed_head(response)
                for part in response.iter_bytes():
                    yield part
        except Exception as error:
            if (refused := _refused_by_hook(error)) is None:
                raise StreamBroken(_failure(error)) from None
            yield _decompressed_head(refused)
            yield refused.read()

    def close(self) -> None:
        """Leave the client open: it is not ours."""


class AsyncClientTransport:
    """An async client that the caller supplied, and will close."""

    def __init__(self, client: object, settings: Settings) -> None:
        self._client: httpx.AsyncClient = _checked_client(client, "AsyncClient")
        _refuse_connection_options(settings)
        self._headers, self._max_bytes = _client_headers(self._client.headers), settings.max_response_bytes

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """The client completes them itself."""
        return {**headers, **self._headers}

    async def send(self, request: Request) -> Response | Failure:
        """Send a request and read the whole response."""
        client = self._client
        _check_open(client)
        try:
            built = _built_by(client, request)
            body = Body(self._max_bytes)
            response = await client.send(built, stream=True, follow_redirects=False)
            async with contextlib.aclosing(response):
                async for part in response.aiter_bytes():
                    body.add(part)
            return Response(response.status_code, read_headers(response.headers.raw), body.content({}))
        except Exception as error:
            if (refused := _refused_by_hook(error)) is not None:
                return Response(refused.status_code, read_headers(refused.headers.raw), await refused.aread())
            return _failure(error)

    async def stream(self, request: Request) -> AsyncGenerator[Response | bytes]:
        """The head of the response, then its body as it arrives.

        Raises:
            StreamBroken: No answer comes, or it breaks off.
        """
        client = self._client
        _check_open(client)
        try:
            response = await client.send(_built_by(client, request), stream=True, follow_redirects=False)
            async with contextlib.aclosing(response):
                yield _decompressed_head(response)
                async for part in response.aiter_bytes():
                    yield part
        except Exception as error:
            if (refused := _refused_by_hook(error)) is None:
                raise StreamBroken(_failure(error)) from None
            yield _decompressed_head(refused)
            yield await refused.aread()

    async def close(self) -> None:
        """Leave the client open: it is not ours."""


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
    timeout = {"timeout": _limits(settings.timeouts)}
    with (
        _transfer_failures(),
        httpx.HTTPTransport(verify=_certificates(settings, origin), **_proxy(settings, origin)) as transport,
    ):
        request = httpx.Request("PUT", url, headers=dict(headers), content=content, extensions=timeout)
        return transport.handle_request(request).status_code


def _build(request: Request) -> httpcore.Request:
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
    return httpcore.Request(method, _url(url), headers=raw, content=content, extensions={"timeout": _limits(timeouts)})


def _shortest_way(pool: httpcore.ConnectionPool | httpcore.AsyncConnectionPool) -> Any:
    """The connection of a pool of one, if it can be used again; or else the pool, which makes a new one."""
    connection = next(iter(pool.connections), None)
    return pool if connection is None or not connection.is_idle() or connection.has_expired() else connection


@lru_cache(maxsize=64)
def _limits(timeouts: Timeouts) -> _Limits:
    wait = timeouts.answer or _TIMEOUT
    return {"connect": timeouts.connect or _CONNECT_TIMEOUT, "read": wait, "write": wait, "pool": wait}


@lru_cache(maxsize=64)
def _limits_without_body(timeouts: Timeouts) -> dict[str, float | None]:
    return {**_limits(timeouts), "write": None}


@lru_cache(maxsize=64)
def _aiohttp_limits(timeouts: Timeouts) -> aiohttp.ClientTimeout:
    import aiohttp

    connect, wait = timeouts.connect or _CONNECT_TIMEOUT, timeouts.answer or _TIMEOUT
    return aiohttp.ClientTimeout(total=None, connect=connect, sock_connect=connect, sock_read=wait)


def _refuse_unrequested(response: aiohttp.ClientResponse) -> None:
    if response.status < 200 or response.headers.get("transfer-encoding", "chunked").lower() != "chunked":
        raise httpx.RemoteProtocolError("the answer is of a kind that was not requested")


def _sending_limit(timeouts: Timeouts, size: int) -> float:
    """Seconds until the response's headers must arrive; each MB to be sent adds to them."""
    limits = _limits(timeouts)
    return limits["connect"] + limits["read"] * (2 + size // _CHUNK)


@lru_cache(maxsize=1)
def _connector_class() -> type[aiohttp.TCPConnector]:
    import aiohttp

    class Connector(aiohttp.TCPConnector):
        """Never reuses a connection that its server closed, or on which something unrequested came.

        The library sees neither while the event loop is busy, and would take a second response for the next call's.
        """

        async def _get(self, key: Any, traces: Any) -> Any:
            while (found := await super()._get(key, traces)) is not None:
                connection: Any = found
                if not (connection.protocol.should_close or _is_readable(connection.transport)):
                    return connection
                connection.close()
            return None

        def _release(self, key: Any, protocol: Any, *, should_close: bool = False) -> None:
            if (should_close or protocol.should_close) and protocol.transport is not None:
                # Without TLS's closing handshake, for which the library waits half a minute.
                protocol.transport.abort()
            super()._release(key, protocol, should_close=should_close)

    return Connector


def _is_readable(transport: asyncio.Transport) -> bool:
    number = transport.get_extra_info("socket").fileno()
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(number, select.POLLIN)
        return bool(poll.poll(0))
    return bool(select.select([number], [], [], 0)[0])


def _host(settings: Settings) -> str:
    return httpx.URL(settings.base_url).netloc.decode("ascii")


def _certificates(settings: Settings, origin: str) -> ssl.SSLContext:
    """The trusted certificates, for all connections: reading them takes longer than many calls.

    Without TLS they are not read, and nothing would be trusted.
    """
    if not origin.startswith("https:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if not settings.ca_files:
        # As in httpx; httpx2 and aiohttp would trust others.
        return ssl.create_default_context(cafile=certifi.where())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for path, source in settings.ca_files.items():
        is_folder = Path(path).is_dir()
        try:
            if is_folder and not any(_is_hashed(each.name) for each in Path(path).iterdir()):
                raise HtcConfigurationError(
                    f"The folder {path} in {source} holds no certificates that can be found: run `openssl rehash` on "
                    "it, or name a file."
                )
            context.load_verify_locations(None if is_folder else path, path if is_folder else None)
        except OSError as error:  # ssl.SSLError is one
            raise HtcConfigurationError(
                f"The certificate file {path} in {source} cannot be used: {error.strerror or error}. It must hold "
                "certificates in PEM form."
            ) from error
    return context


# The names by which OpenSSL finds certificates in a folder.
_is_hashed = re.compile(r"[0-9a-f]{8}\.\d+").fullmatch


def _pool_options(settings: Settings) -> dict[str, Any]:
    limits = httpx.Limits(max_connections=1, keepalive_expiry=_KEEP_ALIVE_SECONDS)
    return {"limits": limits, "verify": _certificates(settings, settings.origin), **_proxy(settings, settings.origin)}


def _wire(pool: httpcore.ConnectionPool | httpcore.AsyncConnectionPool) -> Any:
    """The library's HTTP/1.1 connection inside a pool of one, None before it is connected.

    The library has no public way to the socket of a call under way, nor to bytes that it received unrequested.
    """
    found: Any = next(iter(pool.connections), None)
    while found is not None and not hasattr(found, "_h11_state"):
        found = getattr(found, "_connection", None)
    return found


def _has_unrequested_bytes(pool: httpcore.ConnectionPool | httpcore.AsyncConnectionPool) -> bool:
    """Whether more arrived than the response, which the next call would take for its own."""
    wire = _wire(pool)
    return wire is not None and bool(wire._h11_state.trailing_data[0])


def _shut_down(pool: httpcore.ConnectionPool) -> None:
    """End the call that is under way on a connection in another thread."""
    wire = _wire(pool)
    if wire is not None:
        with contextlib.suppress(OSError):
            # Closing a socket does not wake a thread that reads from it; closing one with TLS would wait for its peer.
            socket.socket.shutdown(wire._network_stream.get_extra_info("socket"), socket.SHUT_RDWR)


def _client_timeout(own: httpx.Timeout, timeouts: Timeouts) -> httpx.Timeout:
    """The client's own time limits, unless the session has some."""
    if timeouts.answer is None and timeouts.connect is None:
        return own
    timeout = own if timeouts.answer is None else type(own)(timeouts.answer, pool=own.pool)
    if timeouts.connect is not None:
        timeout = type(own)(**{**timeout.as_dict(), "connect": timeouts.connect})
    return timeout


def _built_by(client: httpx.Client | httpx.AsyncClient, request: Request) -> httpx.Request:
    method, url, headers, body, timeouts = request
    timeout = _client_timeout(client.timeout, timeouts)
    return client.build_request(method, url, headers=headers, content=body, timeout=timeout)


def _decompressed_head(response: httpx.Response) -> Response:
    """The head of a response whose body the client decompresses."""
    headers = read_headers(response.headers.raw)
    headers.pop("content-encoding", None)
    return Response(response.status_code, headers, b"")


def _client_headers(own: Mapping[str, str]) -> dict[str, str]:
    """The client's own User-Agent header, if it was given one."""
    name = own.get("user-agent", "")
    return {} if not name or name.startswith("python-httpx") else {"user-agent": name}


def _refuse_connection_options(settings: Settings) -> None:
    if settings.proxy is not None or settings.ca_argument is not None:
        raise HtcConfigurationError(
            "The http_client makes its own connections: pass proxy and certificates to the client, not to the session."
        )


def _proxy(settings: Settings, origin: str) -> dict[str, Any]:
    """The proxy of the session, or the one that the environment names, as urllib reads it."""
    scheme, _, host = origin.partition("://")
    if settings.proxy is not None:
        url, source, remedy = settings.proxy, "in the proxy argument", ""
    else:
        proxies = urllib.request.getproxies()
        found = (proxies.get(scheme) or proxies.get("all") or "").strip()
        if not found or urllib.request.proxy_bypass(host) or _is_in_network(host, proxies.get("no", "")):
            return {}
        url = found if "://" in found else f"http://{found}"
        source, remedy = f"that the environment names for {scheme}", " Correct it, or set NO_PROXY."
    with contextlib.suppress(ValueError, httpx.InvalidURL):
        proxy = httpx.Proxy(url)
        if proxy.url.scheme.startswith("socks") and find_spec("socksio") is None:
            raise HtcMissingExtraError(
                f'The proxy {source} uses SOCKS, which needs: pip install "httpx[socks]".{remedy}'
            )
        return {"proxy": proxy}
    # The value may hold a password: it is not repeated, and no exception that holds it is chained.
    raise HtcConfigurationError(f"The proxy {source} is not a usable URL.{remedy}")


def _is_in_network(host: str, networks: str) -> bool:
    """Whether a host is an address in one of some networks, such as 10.0.0.0/8; urllib only compares names."""
    import ipaddress

    with contextlib.suppress(ValueError):
        address = ipaddress.ip_address(host[1 : host.index("]")] if host[0] == "[" else host.partition(":")[0])
        for each in networks.split(","):
            with contextlib.suppress(ValueError):
                if address in ipaddress.ip_network(each.strip(), strict=False):
                    return True
    return False


def _checked_client(client: object, kind: str) -> Any:
    """A client of either library; one that was never imported cannot have made it."""
    for name in ("httpx", "httpx2"):
        if name in sys.modules and isinstance(client, getattr(sys.modules[name], kind)):
            return client
    raise HtcConfigurationError(f"http_client must be an httpx.{kind} or httpx2.{kind}, not {type(client).__name__}.")


def _refused_by_hook(error: Exception) -> Any:
    """The response for which a hook of the caller's client raised; None for other exceptions."""
    return getattr(error, "response", None) if "HTTPStatusError" in _names_of(error, "httpx", "httpx2") else None


def _check_open(client: httpx.Client | httpx.AsyncClient) -> None:
    if client.is_closed:
        raise HtcClosedError("The http_client of this session was closed.")


def _unsent(error: Exception) -> Failure:
    """The failure of a request for which there was no connection."""
    failure = _failure(error)
    return failure if failure.kind is FailureKind.NEVER_SENT else failure._replace(kind=FailureKind.NOT_RETRYABLE)


# Errors that an async connection raises without a text.
_WITHOUT_WORDS = {
    "ConnectError": "the connection cannot be made",
    "ReadError": "the connection broke while waiting for the response",
    "WriteError": "the connection broke while sending the request",
    "CloseError": "the connection broke while it was being closed",
}


def _failure(error: Exception) -> Failure:
    """Whatever is not provably unsent counts as received."""
    error = _as_httpx(error)
    names = set(_names_of(error, "httpx", "httpx2"))
    detail = str(error) or _WITHOUT_WORDS.get(type(error).__name__) or type(error).__name__
    kind, timeout = FailureKind.LOST, False
    if names & {"ConnectTimeout", "PoolTimeout"}:
        what = "connecting" if "ConnectTimeout" in names else "waiting for a free connection"
        kind, timeout, detail = FailureKind.NEVER_SENT, True, f"time ran out while {what}"
    elif names & {"ReadTimeout", "WriteTimeout"}:
        what = "waiting for the response" if "ReadTimeout" in names else "sending the request"
        timeout, detail = True, f"time ran out while {what}"
    elif "TimeoutException" in names:
        timeout = True
    elif "ConnectError" in names and "CERTIFICATE_VERIFY_FAILED" in detail:
        kind = FailureKind.NOT_RETRYABLE
    elif names & {"ConnectError", "ProxyError"}:
        kind = FailureKind.NEVER_SENT
        detail = f"the proxy refused the connection: {detail}" if "ProxyError" in names else detail
    elif names & {"UnsupportedProtocol", "LocalProtocolError", "InvalidURL"}:
        kind = FailureKind.NOT_RETRYABLE
    elif "DecodingError" in names or isinstance(error, UnreadableBody):
        kind = FailureKind.UNREADABLE
    return Failure(kind, timeout, detail, error)


def _names_of(error: BaseException | None, *libraries: str) -> list[str]:
    """The names of an exception's classes in some libraries, its own first.

    A client that the caller supplies may belong to another library than our own connections.
    """
    return [kind.__name__ for kind in type(error).__mro__ if kind.__module__.partition(".")[0] in libraries]


_FROM_AIOHTTP = {
    "ConnectionTimeoutError": "ConnectTimeout",
    "ServerTimeoutError": "ReadTimeout",
    "ClientHttpProxyError": "ProxyError",
    "ClientProxyConnectionError": "ProxyError",
    "ClientConnectorError": "ConnectError",
    "ClientConnectionError": "ReadError",
    "InvalidURL": "InvalidURL",
    "ClientError": "RemoteProtocolError",
}


def _as_httpx(error: Exception) -> Exception:
    """The exception that httpx would have raised instead of one of httpcore, aiohttp or httpx-aiohttp.

    The causes are then the same with every library, and none holds the request with its credentials.
    """
    if names := _names_of(error, "httpcore", "httpcore2"):
        return _chained(
            getattr(httpx, names[0], httpx.TransportError), str(error), error.__cause__ or error.__context__
        )
    for each in (error, error.__cause__):
        found = next((_FROM_AIOHTTP[name] for name in _names_of(each, "aiohttp") if name in _FROM_AIOHTTP), None)
        if each is not None and found is not None:
            cause = each.__cause__
            while cause is not None and _names_of(cause, "aiohttp"):
                cause = cause.__cause__
            text = cause if found == "ConnectError" else getattr(each, "message", "")
            return _chained(getattr(httpx, found), str(text or ""), cause)
    return error


def _chained(kind: type[Exception], text: str, cause: BaseException | None) -> Exception:
    error = kind(text)
    error.__cause__ = cause
    return error
