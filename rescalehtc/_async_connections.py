"""HTTP/1.1 connections of one event loop to one host: asyncio hands the bytes straight to h11.

The async connections of httpx serve any kind of event loop through two further layers, and its pool looks through all
connections whenever one changes hands: with fifty calls at once, a call took 1.6 ms, longer than in the threads of
1.1.0. This takes 0.1 ms, with the parser that httpx uses too. Proxies are left to httpx.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from typing import NamedTuple, cast

import h11

from ._effects import Failure, Kind

# Headers beyond this are no answer of the service.
_MAX_HEAD = 100 * 1024
_REPEATABLE = frozenset({"GET", "HEAD"})
# Seconds that closing leaves to connections in the making.
_GRACE = 0.5

Header = tuple[bytes, bytes]


class Host(NamedTuple):
    """Where to connect to, and how patiently.

    Attributes:
        name: Name or address.
        port: TCP port.
        ssl: Makes the context for an encrypted connection, None for none.
        connect_timeout: Seconds to wait for a connection.
        timeout: Seconds to wait for the answer, and for each further part of it.
        keep_alive: Seconds for which an unused connection is kept.
    """

    name: str
    port: int
    ssl: Callable[[], ssl.SSLContext] | None
    connect_timeout: float
    timeout: float
    keep_alive: float


class Answer(NamedTuple):
    """An answer as it came: header names in small letters, the body still compressed."""

    status: int
    headers: list[Header]
    content: bytes


class AsyncConnections:
    """Opens connections as they are needed, and keeps those that are free for the next request."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._context: ssl.SSLContext | None = None
        self._free: list[_Connection] = []
        self._all: set[_Connection] = set()
        self._opening: set[asyncio.Task[_Connection | Failure]] = set()
        self._closed = False

    async def send(self, method: str, target: bytes, headers: list[Header], body: bytes) -> Answer | Failure:
        """Send a request and read the whole answer."""
        connection = await self._take(method) or await self._connect()
        if isinstance(connection, Failure):
            return connection
        try:
            return await connection.exchange(method, target, headers, body, self._host.timeout)
        finally:
            if connection.is_free:
                self._free.append(connection)
            else:
                # It failed, or will be of no further use, or its caller was cancelled amid the answer.
                connection.abort()

    async def close(self) -> None:
        """Close all connections, those in use too."""
        self._closed = True
        self._free.clear()
        if self._opening:
            # Those about to be made are let through, see _connect; nobody waits for a host that does not answer.
            _, hanging = await asyncio.wait(self._opening, timeout=_GRACE)
            for task in hanging:
                task.cancel()
            await asyncio.gather(*hanging, return_exceptions=True)
        connections = list(self._all)
        for connection in connections:
            connection.abort()
        # An event loop that ends before they are gone complains about them.
        await asyncio.gather(*(connection.gone for connection in connections))

    async def _take(self, method: str) -> _Connection | None:
        """The connection that was used last, if it is still good."""
        if self._free and method not in _REPEATABLE:
            # Let the event loop find out whether the service has hung up: this request cannot be repeated.
            await asyncio.sleep(0)
        oldest = asyncio.get_running_loop().time() - self._host.keep_alive
        while self._free:
            connection = self._free.pop()
            if connection.is_free and connection.used_at > oldest:
                return connection
            connection.abort()
        return None

    async def _connect(self) -> _Connection | Failure:
        opening = asyncio.create_task(self._open())
        self._opening.add(opening)
        opening.add_done_callback(self._opening.discard)
        try:
            # asyncio forgets to close the socket when it is cancelled just as one of the addresses has answered.
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            opening.add_done_callback(_drop)
            raise

    async def _open(self) -> _Connection | Failure:
        host, loop = self._host, asyncio.get_running_loop()
        if host.ssl is not None and self._context is None:
            self._context = host.ssl()
        try:
            async with asyncio.timeout(host.connect_timeout):
                _, connection = await loop.create_connection(
                    lambda: _Connection(loop, self._all),
                    host.name,
                    host.port,
                    ssl=self._context,
                    happy_eyeballs_delay=0.25,
                )
        except TimeoutError:
            return Failure(Kind.NEVER_SENT, True, "time ran out while connecting")
        except ssl.SSLCertVerificationError as error:
            return Failure(Kind.HOPELESS, False, str(error))
        except OSError as error:
            return Failure(Kind.NEVER_SENT, False, str(error))
        if self._closed:
            connection.abort()
        return connection


def _drop(opened: asyncio.Task[_Connection | Failure]) -> None:
    """Close a connection whose caller went away while it was made."""
    if not opened.cancelled() and opened.exception() is None and isinstance(connection := opened.result(), _Connection):
        connection.abort()


class _Connection(asyncio.Protocol):
    """One connection, for one request at a time.

    Attributes:
        gone: Done when the connection is closed.
        used_at: When its last answer was complete, by the clock of the event loop.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, connections: set[_Connection]) -> None:
        self.gone: asyncio.Future[None] = loop.create_future()
        self.used_at = loop.time()
        self._loop = loop
        self._connections = connections
        self._transport: asyncio.Transport | None = None
        self._ended = False
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=_MAX_HEAD)
        self._outcome: asyncio.Future[Answer | Failure] | None = None
        self._head: h11.Response | None = None
        self._body: list[bytes] = []
        self._heard_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def is_free(self) -> bool:
        return self._transport is not None and not self._ended and self._http.our_state is h11.IDLE

    async def exchange(
        self, method: str, target: bytes, headers: list[Header], body: bytes, limit: float
    ) -> Answer | Failure:
        send = self._http.send
        try:
            parts = [send(h11.Request(method=method, target=target, headers=headers))]
            parts += [send(h11.Data(data=body))] if body else []
            parts += [send(h11.EndOfMessage())]
        except h11.LocalProtocolError as error:
            return Failure(Kind.HOPELESS, False, str(error))
        if self._transport is None:
            return Failure(Kind.NEVER_SENT, False, "the connection was closed")
        self._head, self._body = None, []
        self._outcome = self._loop.create_future()
        self._heard_at = self._loop.time()
        self._timer = self._loop.call_later(limit, self._check_time, limit)
        self._transport.write(b"".join([part for part in parts if part]))
        try:
            return await self._outcome
        finally:
            self._outcome = None
            self._timer.cancel()

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._connections.add(self)

    def data_received(self, data: bytes) -> None:
        self._heard_at = self._loop.time()
        if self._outcome is None:
            self.abort()  # nothing was asked: it must not be taken for the answer to the next request
        else:
            self._feed(data)

    def eof_received(self) -> None:
        self._ended = True
        # An answer without a length ends with the connection.
        if self._outcome is not None:
            self._feed(b"")

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._connections.discard(self)
        self._fail(str(exc or "the connection was closed before the answer"))
        if not self.gone.done():
            self.gone.set_result(None)

    def _feed(self, data: bytes) -> None:
        try:
            self._http.receive_data(data)
            while (event := self._http.next_event()) is not h11.NEED_DATA:
                if isinstance(event, h11.Data):
                    self._body.append(bytes(event.data))
                elif isinstance(event, h11.Response):
                    self._head = event
                elif isinstance(event, h11.EndOfMessage):
                    self._finish()
                    return
                elif not isinstance(event, h11.InformationalResponse):
                    # It was closed, or sends what was not asked for.
                    self._fail("the connection was closed before the answer")
                    self.abort()
                    return
        except h11.RemoteProtocolError as error:
            self._fail(str(error))
            self.abort()

    def _finish(self) -> None:
        head, content = self._head, b"".join(self._body)
        self._head, self._body = None, []
        self.used_at = self._heard_at
        more, _ = self._http.trailing_data
        if not more and self._http.our_state is h11.DONE and self._http.their_state is h11.DONE:
            self._http.start_next_cycle()
        if head is not None and self._outcome is not None and not self._outcome.done():
            self._outcome.set_result(Answer(head.status_code, list(head.headers), content))

    def _fail(self, detail: str, *, timeout: bool = False) -> None:
        if self._outcome is not None and not self._outcome.done():
            self._outcome.set_result(Failure(Kind.LOST, timeout, detail))

    def _check_time(self, limit: float) -> None:
        """The limit holds for every part of the answer: it begins anew with each."""
        left = self._heard_at + limit - self._loop.time()
        if left > 0:
            self._timer = self._loop.call_later(left, self._check_time, limit)
        else:
            self._fail("time ran out while waiting for the answer", timeout=True)
