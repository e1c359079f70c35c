"""How the server uses uvicorn."""

from __future__ import annotations

import asyncio
import gc
from typing import Any, cast

import httpx
import pytest

from rescalehtc.local._wire.exchange import Exchange
from rescalehtc.local._wire.http_server import JoiningTransport

from .test_security import send_raw


class _Recorder:
    """A transport that only notes what is written."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def close(self) -> None:
        self.closed = True

    def __getattr__(self, name: str) -> Any:
        return lambda: None


def test_the_head_of_a_response_is_sent_with_its_body() -> None:
    async def main() -> None:
        real = _Recorder()
        transport = JoiningTransport(cast(asyncio.Transport, real))
        transport.write(b"head ")
        transport.write(b"body")
        assert real.written == [b"head body"]
        # Without a body, as for HEAD or for 100 Continue, nothing waits longer than a turn of the loop.
        transport.write(b"head")
        await asyncio.sleep(0)
        assert real.written[1:] == [b"head"]
        transport.write(b"last")
        transport.close()
        assert (real.written[2:], real.closed) == ([b"last"], True)
        await asyncio.sleep(0)
        assert len(real.written) == 3

    asyncio.run(main())


@pytest.mark.slow
def test_a_request_leaves_nothing_to_the_garbage_collector(htc: Any) -> None:
    gc.collect()
    gc.disable()
    try:
        for _ in range(20):
            htc.get("htc/projects")
            httpx.get(f"{htc.server.page_url}health")
        left = [each for each in gc.get_objects() if isinstance(each, Exchange)]
    finally:
        gc.enable()
    # A connection that is still open may hold its last one.
    assert len(left) < 5


@pytest.mark.slow
def test_odd_clients_print_nothing(htc: Any, caplog: pytest.LogCaptureFixture) -> None:
    """A client that offers HTTP/2, as Java's does, got uvicorn's advice to install a package on the terminal."""
    offer = {"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c", "HTTP2-Settings": "AAMAAABkAAQ"}
    assert httpx.get(f"{htc.server.page_url}health", headers=offer).text == "ok\n"
    assert send_raw(htc, b"\x16\x03\x01 not HTTP\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    assert not caplog.records
