# The sync twin of this module is written by hand: tasks and cancellation on this side, threads and forks on the other.
"""Connections of our own, for an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from typing import TYPE_CHECKING, Any

from ...bodies import Body
from ...messages import Failure, Request, Response, StreamBroken, read_headers
from ...settings import Settings
from ..failures import failure_of, unsent
from ..libraries import httpcore, httpx, is_chosen
from ..pools_of_one import build, has_unrequested_bytes, host_of, pool_options, shortest_way
from ..proxies import proxy_for
from .slots import Slots

if TYPE_CHECKING:
    from .aiohttp_connections import AiohttpTransport


def open_async_transport(settings: Settings) -> AsyncTransport | AiohttpTransport:
    """Connections of our own for the running event loop, with the fastest library installed.

    aiohttp treats proxies differently (no SOCKS, other errors), so calls through a proxy do not use it.
    """
    if is_chosen("aiohttp") and not proxy_for(settings, settings.origin):
        from . import aiohttp_connections

        if aiohttp_connections.IS_SUPPORTED:
            return aiohttp_connections.AiohttpTransport(settings)
    return AsyncTransport(settings)


class AsyncTransport(Slots):
    """Connections of our own for one event loop, each a pool of one.

    The library's pool scans all its connections and all waiting calls whenever a connection changes hands, which
    costs more than the calls themselves when there are fifty. A connection whose call did not end
    cleanly, by an error or a cancellation, is closed and never used again.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._host = host_of(settings)
        self._options = pool_options(settings)
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
            return unsent(error)
        self._busy.add(pool)
        is_clean = False
        try:
            response = await shortest_way(pool).handle_async_request(build(request))
            body = Body(self._max_bytes)
            async for part in response.stream:
                body.add(part)
            await response.stream.aclose()
            headers = read_headers(response.headers)
            content = body.content(headers)
            is_clean = not self._closed and not has_unrequested_bytes(pool)
        except Exception as error:
            return failure_of(error)
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
            raise StreamBroken(unsent(error)) from None
        self._busy.add(pool)
        try:
            response = await pool.handle_async_request(build(request))
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
