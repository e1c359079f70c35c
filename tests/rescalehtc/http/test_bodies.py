"""The size of a response is limited, before and after decompression."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from rescalehtc import AsyncHtcSession, HtcSession
from rescalehtc._http.bodies import Body, UnreadableBody
from rescalehtc.exceptions import HtcDecodeError
from tests.support.raw_server import Server, answer
from tests.support.routes import call
from tests.support.scripted import KEY, Make, Service

LIMIT = 1_000_000
ZEROS = bytes(20 * LIMIT)
CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
TOO_LARGE: dict[str, Callable[[], bytes]] = {
    "as it is": lambda: answer(b" " * (LIMIT + 1)),
    "without an end": lambda: CHUNKED + b"ffff\r\n" * 1 + (b" " * 0xFFFF + b"\r\nffff\r\n") * 20,
    "gzip": lambda: answer(gzip.compress(ZEROS, 1), content_encoding="gzip"),
    "gzip of gzip": lambda: answer(gzip.compress(gzip.compress(ZEROS, 1)), content_encoding="gzip, gzip"),
    "many members": lambda: answer(gzip.compress(bytes(LIMIT // 2)) * 3, content_encoding="gzip"),
    "deflate": lambda: answer(zlib.compress(ZEROS, 1), content_encoding="deflate"),
    "deflate without a head": lambda: answer(zlib.compress(ZEROS, 1)[2:-4], content_encoding="deflate"),
    "an error": lambda: answer(gzip.compress(ZEROS, 1), "400 Bad Request", content_encoding="gzip"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", TOO_LARGE)
def test_a_response_that_is_too_large_is_refused_in_little_memory(name: str, server: Server, kind: str) -> None:
    async def run(each: Any) -> Any:
        async with AsyncHtcSession(**options) as session:
            await session.reauthenticate_if_needed()
            tracemalloc.start()
            return await session.send(each)

    def run_sync(each: Any) -> Any:
        with HtcSession(**options) as session:
            session.reauthenticate_if_needed()
            tracemalloc.start()
            return session.send(each)

    options: dict[str, Any] = {"api_key": KEY, "base_url": server.url, "max_response_bytes": LIMIT}
    too_large = TOO_LARGE[name]()
    server.handler = lambda *_: too_large
    try:
        with pytest.raises(HtcDecodeError, match=f"larger than {LIMIT} bytes.*max_response_bytes"):
            run_sync(call()) if kind == "sync" else asyncio.run(run(call()))
        assert tracemalloc.get_traced_memory()[1] < 6 * LIMIT
    finally:
        tracemalloc.stop()
    assert len(server.heads) == 1, "a repeat would be as large"


@pytest.mark.slow
def test_responses_of_a_supplied_client_are_limited_too(make: Make, service: Service) -> None:
    body = gzip.compress(b"[" + b" " * LIMIT + b"]")
    service.script(lambda _: httpx.Response(200, content=body, headers={"content-encoding": "gzip"}))
    with pytest.raises(HtcDecodeError, match="max_response_bytes"):
        make(max_response_bytes=LIMIT).send(call())
    assert make(max_response_bytes=LIMIT + 2).send(call()) == []


@pytest.mark.parametrize("encode", [gzip.compress, zlib.compress])
def test_the_limit_itself_is_allowed(encode: Any) -> None:
    encoding = {"content-encoding": "gzip" if encode is gzip.compress else "deflate"}
    for size, fits in ((1_000, True), (1_001, False)):
        body = Body(1_000)
        body.add(encode(bytes(size)))
        if fits:
            assert body.content(encoding) == bytes(size)
        else:
            with pytest.raises(UnreadableBody):
                body.content(encoding)
