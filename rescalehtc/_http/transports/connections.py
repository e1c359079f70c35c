"""Connections of our own, for threads."""

from __future__ import annotations

import contextlib
import threading
import time
import weakref
from collections import deque
from collections.abc import Generator, Mapping
from typing import Any

from ...exceptions import HtcClosedError
from ..bodies import Body
from ..messages import Failure, Request, Response, StreamBroken, read_headers
from ..settings import Settings
from .failures import failure_of, unsent
from .libraries import httpcore, httpx
from .pools_of_one import (
    build,
    has_unrequested_bytes,
    host_of,
    limits,
    pool_options,
    shortest_way,
    shut_down,
    socket_holder,
)


class Transport:
    """Connections of our own for any number of threads, each a pool of one.

    A connection whose call did not end cleanly, by an error or an interrupt, is closed and never used again.
    """

    def __init__(self, settings: Settings) -> None:
        self._host = host_of(settings)
        self._options = pool_options(settings)
        self._limit, self._max_bytes = settings.max_connections, settings.max_response_bytes
        # Keyed by call, so that an interrupt anywhere, even between finding a connection and noting it, ends its use.
        self._busy: dict[object, httpcore.ConnectionPool | None] = {}
        self._idle: list[httpcore.ConnectionPool] = []
        self._waiting: deque[threading.Lock] = deque()
        self._lock = threading.RLock()  # a signal handler may make calls inside of it
        self._last_release = 0.0
        self._closed = False
        # Sessions of 1.1.0 were never closed: what is forgotten must not end in a ResourceWarning.
        weakref.finalize(self, _hang_up, self._idle)

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """Headers in the form that costs least when they are sent often."""
        return httpx.Headers({"host": self._host, **headers})

    def send(self, request: Request) -> Response | Failure:
        """Send a request and read the whole response."""
        call = object()
        pool: httpcore.ConnectionPool | None = None
        try:
            pool = self._take(call, limits(request.timeouts)["pool"])
            response = shortest_way(pool).handle_request(build(request))
            body = Body(self._max_bytes)
            for part in response.stream:
                body.add(part)
            response.stream.close()
            headers = read_headers(response.headers)
            content = body.content(headers)
            if self._closed or has_unrequested_bytes(pool):
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
                return unsent(error) if pool is None else failure_of(error)
            raise
        return Response(response.status, headers, content)

    def stream(self, request: Request) -> Generator[Response | bytes]:
        """The head of the response, then its body as it arrives, through a connection that is not used again.

        Raises:
            StreamBroken: No response arrives, or it is interrupted.
        """
        call = object()
        pool: httpcore.ConnectionPool | None = None
        try:
            pool = self._take(call, limits(request.timeouts)["pool"])
            response = shortest_way(pool).handle_request(build(request))
            yield Response(response.status, read_headers(response.headers), b"")
            yield from response.stream
        except Exception as error:
            raise StreamBroken(unsent(error) if pool is None else failure_of(error)) from None
        finally:
            self._discard(call)

    def close(self) -> None:
        """Close all connections; calls under way in other threads end with a failure."""
        self._closed = True
        with self._lock:
            busy = list(self._busy.values())
        for pool in busy:
            if pool is not None:
                shut_down(pool)
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
        _hang_up([] if pool is None else [pool])
        self._release()


def _hang_up(pools: list[httpcore.ConnectionPool]) -> None:
    for pool in pools:
        # The pool's own method would wait for a lock that an interrupt, or a fork, may have left locked.
        connection = socket_holder(pool)
        if connection is not None:
            connection._network_stream.close()
