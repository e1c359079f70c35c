"""Serves HTTP with uvicorn on an open socket, without its polling loop.

uvicorn checks ten times a second whether to stop, and then sleeps; a test suite that starts a server for each
test would spend most of its time there.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Awaitable, Callable
from typing import Any, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# uvicorn warns of requests that are not HTTP, and of clients that offer HTTP/2, as if a package were missing.
_log = logging.getLogger("rescalehtc.local.http")
_log.setLevel(logging.ERROR)

#: Seconds that requests in progress may take to finish when the server stops.
_GRACE = 1.0
#: Seconds after which an idle connection is closed.
_KEEP_ALIVE = 75


class JoiningTransport:
    """Sends the head of a response together with its body: uvicorn writes them one after the other.

    That saves a system call here, and another one where they are received.
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._later = asyncio.get_running_loop().call_soon
        self._held = b""
        self.get_extra_info, self.is_closing = transport.get_extra_info, transport.is_closing
        self.pause_reading, self.resume_reading = transport.pause_reading, transport.resume_reading
        self.abort = transport.abort

    def write(self, data: bytes) -> None:
        if self._held:
            self._transport.write(self._held + data)
            self._held = b""
        else:
            self._held = data
            self._later(self._flush)

    def _flush(self) -> None:
        if self._held:
            self.write(b"")

    def close(self) -> None:
        self._flush()
        self._transport.close()


class _Protocol(HttpToolsProtocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        joining = cast(asyncio.Transport, JoiningTransport(cast(asyncio.Transport, transport)))
        self.logger = _log
        # The state of every scope.
        self.app_state = {"abort": joining.abort}
        super().connection_made(joining)


class HttpServer(uvicorn.Server):
    """Serves an ASGI application until ``stop`` is set.

    Args:
        on_second: called once a second.
    """

    def __init__(self, app: Callable[..., Any], on_second: Callable[[], Awaitable[None]]) -> None:
        config = uvicorn.Config(
            app,
            http=_Protocol,
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
