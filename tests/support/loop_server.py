"""A server in the event loop of the test, so that a call takes the same steps each time; it counts its connections."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.support.raw_server import answer

_TOKEN = answer(b'{"tokenValue":"the-token","expiresIn":21600}')


class LoopServer:
    """Answers every call with ``parts``, each in a step of its own.

    Attributes:
        parts: The response.
        once: Answer to one call, after which the connection is closed.
        close_after: After how many steps a connection is closed that has answered a call, None to keep it open.
        received: The methods of the calls.
        open: Connections that are open now.
        lost: Set whenever one ends.
        url: Where it answers.
    """

    def __init__(self, parts: list[bytes]) -> None:
        self.parts = parts
        self.once: bytes | None = None
        self.close_after: int | None = None
        self.received: list[str] = []
        self.open: set[asyncio.BaseTransport] = set()
        self.lost = asyncio.Event()
        self.url = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[LoopServer]:
        """Serve until the end of the block."""
        server = await asyncio.get_running_loop().create_server(lambda: _Connection(self), "127.0.0.1", 0)
        async with server:
            self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api"
            yield self

    async def until_open(self, number: int) -> None:
        """Wait until no more connections than this are open."""
        async with asyncio.timeout(10):
            while len(self.open) > number:
                self.lost.clear()
                await self.lost.wait()


class _Connection(asyncio.Protocol):
    transport: asyncio.Transport

    def __init__(self, server: LoopServer) -> None:
        self._server = server
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._server.open.add(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._server.open.discard(self.transport)
        self._server.lost.set()

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._received.endswith((b"\r\n\r\n", b"{}")):
            method, path = self._received.split(b" ", 2)[:2]
            self._received = b""
            if path.endswith(b"/auth/token"):
                self.transport.write(_TOKEN)
                return
            self._server.received.append(method.decode())
            once, self._server.once = self._server.once, None
            if once is None:
                self._send(list(self._server.parts))
            else:
                self.transport.write(once)
                self.transport.close()

    def _send(self, parts: list[bytes]) -> None:
        self.transport.write(parts.pop(0))
        if parts:
            asyncio.get_running_loop().call_soon(self._send, parts)
        elif self._server.close_after is not None:
            self._close(self._server.close_after)

    def _close(self, steps: int) -> None:
        if steps:
            asyncio.get_running_loop().call_soon(self._close, steps - 1)
        else:
            self.transport.close()
