"""Connections of the async session: what a server may do to them, and that no answer reaches the wrong caller."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from rescalehtc import AsyncHtcSession
from rescalehtc._async_connections import AsyncConnections, Host
from rescalehtc.exceptions import HtcConnectionError, HtcException, HtcTimeoutError
from rescalehtc_generated.client import Call, Route, decode_text

GET = Call(Route("readText", "get_text", "GET", "/text", "none", "text/plain", decode_text), "/text")
POST = Call(Route("sendText", "post_text", "POST", "/text", "none", "text/plain", decode_text), "/text", body=b"1")
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n"


def whole(text: str) -> bytes:
    return HEAD + f"content-length: {len(text)}\r\n\r\n{text}".encode()


class Script:
    """A server that sends the parts of one answer after the other, whatever it is asked; None hangs up."""

    def __init__(self, *answers: list[bytes | float | None]) -> None:
        self.answers = list(answers)
        self.connections = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while self.answers:
                head = await reader.readuntil(b"\r\n\r\n")
                if b"content-length: 1" in head.lower():
                    await reader.readexactly(1)
                for part in self.answers.pop(0):
                    if part is None:
                        return
                    if isinstance(part, float):
                        await asyncio.sleep(part)
                    else:
                        writer.write(part)
                        await writer.drain()
            await reader.read()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    @asynccontextmanager
    async def session(self, **options: Any) -> AsyncIterator[AsyncHtcSession]:
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            async with AsyncHtcSession(api_key="k", base_url=url, max_retries=0, **options) as session:
                yield session
        finally:
            server.close()
            await server.wait_closed()


@pytest.mark.parametrize(
    "answer",
    [
        [whole("text")],
        [bytes([byte]) for byte in whole("text")],
        [HEAD + b"transfer-encoding: chunked\r\n\r\n2\r\nte\r\n", b"2\r\nxt\r\n0\r\n\r\n"],
        [b"HTTP/1.1 103 Early Hints\r\n\r\n" + whole("text")],
        [HEAD + b"content-encoding: gzip\r\ncontent-length: 24\r\n\r\n" + gzip.compress(b"text", mtime=0)],
    ],
)
async def test_forms_of_an_answer(answer: list[bytes | float | None]) -> None:
    script = Script(answer, [whole("second")])
    async with script.session() as session:
        assert [await session.send(GET), await session.send(GET)] == ["text", "second"]
    assert script.connections == 1


async def test_an_answer_without_a_length_ends_with_its_connection() -> None:
    script = Script([HEAD + b"\r\nte", b"xt", None], [whole("second")])
    async with script.session() as session:
        assert [await session.send(GET), await session.send(GET)] == ["text", "second"]
    assert script.connections == 2


@pytest.mark.parametrize(
    "first",
    [
        [whole("first") + whole("stray")],
        [whole("first"), 0.05, whole("stray")],
        [whole("first"), 0.05, None],
        [HEAD + b"connection: close\r\ncontent-length: 5\r\n\r\nfirst"],
        [whole("first").replace(b"1.1", b"1.0")],
    ],
)
@pytest.mark.parametrize("second", [GET, POST])
async def test_a_connection_that_is_spoiled_is_not_used_again(
    first: list[bytes | float | None], second: Call[str]
) -> None:
    script = Script(first, [whole("second")])
    async with script.session() as session:
        assert await session.send(GET) == "first"
        await asyncio.sleep(0.15)
        assert await session.send(second) == "second"
    assert script.connections == 2


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ([None], HtcConnectionError),
        ([HEAD, None], HtcConnectionError),
        ([whole("text")[:-1], None], HtcConnectionError),
        ([b"SSH-2.0-server\r\n\r\n"], HtcConnectionError),
        ([HEAD + b"x: " + b"y" * 300_000], HtcConnectionError),
        ([HEAD + b"content-encoding: gzip\r\ncontent-length: 4\r\n\r\ntext"], HtcException),
        ([HEAD, 1.0], HtcTimeoutError),
    ],
)
async def test_broken_answers(answer: list[bytes | float | None], error: type[HtcException]) -> None:
    script = Script(answer, [whole("second")])
    async with script.session(timeout=0.2) as session:
        with pytest.raises(error):
            await session.send(GET)
        assert await session.send(GET) == "second"


async def test_the_time_limit_begins_anew_with_every_part() -> None:
    parts: list[bytes | float | None] = [0.15]
    for byte in whole("text")[-4:]:
        parts += [bytes([byte]), 0.15]
    async with Script([whole("text")[:-4], *parts]).session(timeout=0.4) as session:
        assert await session.send(GET) == "text"


async def test_many_callers_get_their_own_answers() -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                await asyncio.sleep(int(head.split(b" ")[1].removeprefix(b"/")) % 7 / 1000)
                writer.write(whole(head.split(b" ")[1].decode()))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with AsyncHtcSession(api_key="k", base_url=url, max_connections=20) as session:
        tasks = [asyncio.create_task(session.send(GET.at(f"/{number}"))) for number in range(400)]
        await asyncio.sleep(0.005)
        for task in tasks[::3]:
            task.cancel()
        answers = await asyncio.gather(*tasks, return_exceptions=True)
    server.close()
    kept = {number: answer for number, answer in enumerate(answers) if isinstance(answer, str)}
    assert len(kept) >= 266
    assert all(answer == f"/{number}" for number, answer in kept.items())


async def test_nothing_listens() -> None:
    connections = AsyncConnections(Host("127.0.0.1", 9, None, 5.0, 5.0, 15.0))
    outcome = await connections.send("GET", b"/", [(b"host", b"x")], b"")
    assert type(outcome).__name__ == "Failure"
    await connections.close()
