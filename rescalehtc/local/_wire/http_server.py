"""Serves HTTP with uvicorn on an open socket, without its polling loop.

uvicorn checks ten times a second whether to stop, and then sleeps; a test suite that starts a server for each
test would spend most of its time there.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn

from .http_protocol import Protocol

#: Seconds that requests in progress may take to finish when the server stops.
_GRACE = 1.0
#: Seconds after which an idle connection is closed.
_KEEP_ALIVE = 75


class HttpServer(uvicorn.Server):
    """Serves an ASGI application until ``stop`` is set.

    Args:
        on_second: called once a second.
    """

    def __init__(self, app: Callable[..., Any], on_second: Callable[[], Awaitable[None]]) -> None:
        config = uvicorn.Config(
            app,
            http=Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=_KEEP_ALIVE,
            backlog=2048,
        )
        super().__init__(config)
        self.stop = asyncio.Event()
        self._on_second = on_second

    async def main_loop(self) -> None:
        while not self.stop.is_set():
            await self.on_tick(0)  # sets the clock of the `Date` header
            await self._on_second()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stop.wait(), 1.0)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close the port, let requests in progress end for a moment, then close every connection."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*self.server_state.tasks, return_exceptions=True), _GRACE)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        # Lets the transports close their sockets.
        await asyncio.sleep(0)
        await asyncio.sleep(0)
