"""Serving HTTP: uvicorn's protocol on a socket of our own, without uvicorn's server around it.

That server looks ten times a second whether it shall stop and then waits some more; a test suite that starts one
server for each test would spend most of its time there.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from email.utils import formatdate
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

#: Seconds that requests in progress are waited for when the server stops.
_GRACE = 1.0
#: Seconds after which an idle connection is closed.
_KEEP_ALIVE = 75


class Protocol(H11Protocol):
    """Puts the transport into the state of each request, since a fault may have to cut the connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {"transport": transport}


class HttpServer:
    """Serves an ASGI application on a listening socket, in the running loop."""

    def __init__(self, app: Callable[..., Any]) -> None:
        self._config = Config(
            app,
            http=Protocol,
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            timeout_keep_alive=_KEEP_ALIVE,
        )
        self._state = ServerState()
        self._server: asyncio.Server | None = None

    async def start(self, listener: socket.socket) -> None:
        self._config.load()
        self.tick()
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: Protocol(config=self._config, server_state=self._state, app_state={}), sock=listener, backlog=2048
        )

    def tick(self) -> None:
        """Set the clock of the `Date` header; to be called every second."""
        self._state.default_headers = [(b"date", formatdate(time.time(), usegmt=True).encode())]

    async def stop(self) -> None:
        """Close the port, let requests in progress end for a moment, then close every connection."""
        assert self._server is not None
        self._server.close()
        for connection in list(self._state.connections):
            connection.shutdown()
        tasks = list(self._state.tasks)
        if tasks:
            _, unfinished = await asyncio.wait(tasks, timeout=_GRACE)
            for task in unfinished:
                task.cancel()
            if unfinished:
                await asyncio.wait(unfinished)
        for connection in list(self._state.connections):
            connection.transport.abort()
        # Lets the transports close their sockets.
        await asyncio.sleep(0)
        await asyncio.sleep(0)
