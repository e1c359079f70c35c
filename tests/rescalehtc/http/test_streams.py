"""Responses that are read line by line, or written to a file: over HTTP, by every transport."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import threading
import tracemalloc
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest

from rescalehtc import AsyncHtcSession, HtcSession
from rescalehtc import exceptions as e
from rescalehtc_generated.answers import decode_bytes, json_decoder, optional
from rescalehtc_generated.client import Call, Route
from tests.support.raw_server import answer
from tests.support.scripted import KEY
from tests.support.stream_server import StreamServer, chunk, head

KINDS = ("sync", "sync, own client", "aiohttp", "httpx", "async, own client")
LINES: Call[dict[str, int]] = Call(
    Route("events", "get_events", "GET", "/events", "bearer", "application/x-ndjson", json_decoder(Any, "object")),
    "/events",
)
FILE: Call[bytes] = Call(
    Route("report", "get_report", "GET", "/report", "bearer", "application/pdf", decode_bytes), "/report"
)
FILE_OR_NOTHING = attrs.evolve(FILE, route=attrs.evolve(FILE.route, decode=optional(decode_bytes)))
MEGABYTE = 1 << 20


class Client:
    """A session of one kind, used the same way as the other kinds."""

    def __init__(self, kind: str, url: str) -> None:
        self.is_async = not kind.startswith("sync")
        self.runner = asyncio.Runner()
        self.http: Any = None
        if kind.endswith("own client"):
            self.http = httpx.AsyncClient() if self.is_async else httpx.Client()
        self._url = url
        self.session = self.new()

    def new(self, **options: Any) -> Any:
        make = AsyncHtcSession if self.is_async else HtcSession
        return make(api_key=KEY, base_url=self._url, http_client=self.http, **options)

    def run(self, result: Any) -> Any:
        return self.runner.run(result) if isinstance(result, Coroutine) else result

    def save(self, path: Path) -> Path:
        return self.run(self.session.save(FILE, path))

    def save_if_any(self, path: Path) -> Path | None:
        return self.run(self.session.save(FILE_OR_NOTHING, path))

    def lines(self) -> Iterator[dict[str, int]]:
        """The lines, each read when it is asked for."""
        lines = self.run(self.session.lines(LINES))
        if not self.is_async:
            return lines
        return self._drive(lines)

    def _drive(self, lines: Any) -> Iterator[dict[str, int]]:
        async def following() -> Any:
            return await anext(lines, None)

        try:
            while (line := self.runner.run(following())) is not None:
                yield line
        finally:
            self.runner.run(lines.aclose())

    def count(self) -> int:
        """The number of the lines."""
        if not self.is_async:
            return sum(1 for _ in self.session.lines(LINES))

        async def count() -> int:
            return sum([1 async for _ in await self.session.lines(LINES)])

        return self.runner.run(count())

    def has_left(self, server: StreamServer) -> bool:
        """Whether the server sees a connection closed, soon."""
        if not self.is_async:
            return server.left.acquire(timeout=10)
        return self.runner.run(asyncio.to_thread(server.left.acquire, timeout=10))

    def close(self) -> None:
        self.run(self.session.close())
        if self.http is not None:
            self.run(self.http.aclose() if self.is_async else self.http.close())
        self.runner.close()


@pytest.fixture
def stream_server() -> Iterator[StreamServer]:
    with StreamServer().running() as server:
        yield server


@pytest.fixture(params=KINDS)
def client(
    request: pytest.FixtureRequest, stream_server: StreamServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Client]:
    if request.param in ("aiohttp", "httpx"):
        monkeypatch.setenv("RESCALE_HTC_TRANSPORT", request.param)
    with closing(Client(request.param, stream_server.url)) as client:
        yield client


@pytest.mark.slow
def test_each_line_is_returned_as_it_arrives(client: Client, stream_server: StreamServer) -> None:
    may_go_on = threading.Event()

    def script(write: Callable[[bytes], object]) -> None:
        write(head() + chunk(b'{"n": 1}\n{"n"'))
        may_go_on.wait(10)
        write(chunk(b': 2}\r\n\n{"n": 3}') + chunk(b""))

    stream_server.scripts = [script]
    lines = client.lines()
    assert next(lines) == {"n": 1}
    may_go_on.set()
    assert list(lines) == [{"n": 2}, {"n": 3}]
    assert b"accept-encoding: identity" in stream_server.heads[0].lower()


@pytest.mark.slow
def test_any_number_of_lines_takes_little_memory(client: Client, stream_server: StreamServer) -> None:
    body = b'{"n": 1, "text": "%b"}\n' % (b"x" * 1000) * 8000
    stream_server.answers(head(len(body)), body)
    assert _peak(client.count) == (8000, True)


@pytest.mark.slow
def test_a_large_body_is_saved_with_little_memory(client: Client, stream_server: StreamServer, tmp_path: Path) -> None:
    size = 24 * MEGABYTE
    stream_server.answers(head(1), b"1")
    stream_server.answers(head(size), bytes(size))
    path = tmp_path / "report.pdf"
    client.save(path)  # loads the HTTP library, which is not what is measured
    assert _peak(lambda: client.save(path)) == (path, True)
    assert path.stat().st_size == size


@pytest.mark.slow
def test_an_interrupted_transfer_is_repeated(client: Client, stream_server: StreamServer, tmp_path: Path) -> None:
    stream_server.answers(head(10), b"longer")
    stream_server.answers(head(), chunk(b"longer"))
    stream_server.answers(answer(status="503 Busy"))
    stream_server.answers(head(3), b"all")
    assert client.save(tmp_path / "report").read_bytes() == b"all"
    assert len(stream_server.heads) == 4


@pytest.mark.slow
def test_without_content_the_old_file_stays(client: Client, stream_server: StreamServer, tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_bytes(b"old")
    stream_server.answers(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")
    stream_server.answers(head(3), b"new")
    assert client.save_if_any(path) is None
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir() if each.is_file()] == [("report", b"old")]
    assert client.save_if_any(path) == path
    assert path.read_bytes() == b"new"


@pytest.mark.slow
def test_a_transfer_that_never_completes_leaves_the_old_file(
    client: Client, stream_server: StreamServer, tmp_path: Path
) -> None:
    path = tmp_path / "report"
    path.write_bytes(b"old")
    stream_server.answers(head(10), b"half")
    with pytest.raises(e.HtcConnectionError):
        client.save(path)
    assert len(stream_server.heads) == 6
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir() if each.is_file()] == [("report", b"old")]


@pytest.mark.slow
@pytest.mark.parametrize("framing", ["length", "chunks"])
def test_interrupted_lines_raise_and_are_not_repeated(
    framing: str, client: Client, stream_server: StreamServer
) -> None:
    body = b'{"n": 1}\n{"n": 2}\n{"n"'
    stream_server.answers(*((head(99), body) if framing == "length" else (head(), chunk(body))))
    found: list[int] = []
    with pytest.raises(
        e.HtcConnectionError, match=r"GET /events: the response was interrupted after (\d) lines"
    ) as caught:
        found.extend(line["n"] for line in client.lines())
    # aiohttp keeps to itself what came together with the end.
    assert f"after {len(found)} lines" in str(caught.value)
    assert found == [1, 2][: len(found)]
    assert caught.value.maybe_received
    assert len(stream_server.heads) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"n": 1}\n{"n": 2', "line 2, the last one, may be cut off: "),
        (b'{"n": 1}\n{"n": \n{"n": 3}\n', "line 2: "),
        (b'{"n": 1}\n[2]\n', "line 2: the body is list, the description promises a JSON object"),
    ],
)
def test_an_invalid_line_is_reported_by_number(
    body: bytes, message: str, client: Client, stream_server: StreamServer
) -> None:
    stream_server.answers(head(len(body)), body)
    lines = client.lines()
    assert next(lines) == {"n": 1}
    with pytest.raises(e.HtcDecodeError, match=message):
        next(lines)


@pytest.mark.slow
def test_leaving_the_loop_closes_the_connection(client: Client, stream_server: StreamServer) -> None:
    def endless(write: Callable[[bytes], object]) -> None:
        write(head())
        for number in itertools.count():
            write(chunk(b'{"n": %d}\n' % number * 1000))

    stream_server.scripts = [endless]
    for line in client.lines():
        assert line == {"n": 0}
        break
    assert client.has_left(stream_server)


@pytest.mark.slow
def test_unread_lines_close_their_connection(client: Client, stream_server: StreamServer) -> None:
    stream_server.scripts = [lambda write: write(head(64 * MEGABYTE) + bytes(64 * MEGABYTE))]
    lines = client.run(client.session.lines(LINES))
    del lines
    assert client.has_left(stream_server)


@pytest.mark.slow
def test_lines_hold_one_connection_until_they_end(client: Client, stream_server: StreamServer) -> None:
    client.run(client.session.close())
    client.session = client.new(max_connections=1)
    stream_server.answers(head(9), b'{"n": 1}\n')
    assert list(client.lines()) == list(client.lines()) == [{"n": 1}]


@pytest.mark.slow
@pytest.mark.parametrize("use", ["lines", "save"])
def test_an_error_status_is_raised_before_anything_is_read(
    use: str, client: Client, stream_server: StreamServer, tmp_path: Path
) -> None:
    body = b'{"errorType": "NOPE", "errorDescription": "no such thing"}'
    stream_server.answers(answer(body, "404 Not Found", connection="close"))
    with pytest.raises(e.HtcNotFoundError, match="no such thing"):
        client.lines() if use == "lines" else client.save(tmp_path / "report")
    assert not list(tmp_path.glob("*report*"))


@pytest.mark.slow
def test_a_refused_call_is_repeated_before_lines_come(client: Client, stream_server: StreamServer) -> None:
    stream_server.answers(answer(status="503 Busy", connection="close"))
    stream_server.answers(head(9), b'{"n": 1}\n')
    assert list(client.lines()) == [{"n": 1}]


@pytest.mark.slow
def test_a_line_longer_than_a_response_may_be_is_refused(client: Client, stream_server: StreamServer) -> None:
    client.run(client.session.close())
    client.session = client.new(max_response_bytes=1000)
    stream_server.answers(head(2001), b'{"n": 1}\n'.ljust(2001))
    lines = client.lines()
    with pytest.raises(e.HtcDecodeError, match="larger than 1000 bytes"):
        list(lines)


@pytest.mark.slow
def test_a_compressed_body_is_read_or_refused(client: Client, stream_server: StreamServer, tmp_path: Path) -> None:
    body = gzip.compress(b"report")
    stream_server.answers(head(len(body)).replace(b"connection", b"content-encoding: gzip\r\nconnection"), body)
    if client.http is not None:
        assert client.save(tmp_path / "report").read_bytes() == b"report"
        return
    with pytest.raises(e.HtcDecodeError, match="not requested"):
        client.save(tmp_path / "report")


@pytest.mark.slow
def test_a_session_that_is_closed_ends_its_lines(client: Client, stream_server: StreamServer) -> None:
    if client.http is not None:
        pytest.skip("the session leaves a client of the caller alone")
    hold = threading.Event()
    stream_server.scripts = [lambda write: (write(head() + chunk(b'{"n": 1}\n')), hold.wait(10))]
    lines = client.lines()
    next(lines)
    client.run(client.session.close())
    with pytest.raises(e.HtcClosedError):
        next(lines)
    hold.set()


@pytest.mark.slow
def test_a_timeout_while_waiting_for_a_line(client: Client, stream_server: StreamServer) -> None:
    client.run(client.session.close())
    client.session = client.new(timeout=0.1)
    hold = threading.Event()
    stream_server.scripts = [lambda write: (write(head() + chunk(b'{"n": 1}\n')), hold.wait(10))]
    lines = client.lines()
    next(lines)
    with pytest.raises(e.HtcTimeoutError, match="was interrupted after 1 lines: time ran out"):
        next(lines)
    hold.set()


@pytest.mark.slow
def test_no_call_is_made_if_the_file_cannot_be_written(
    client: Client, stream_server: StreamServer, tmp_path: Path
) -> None:
    with pytest.raises(FileNotFoundError):
        client.save(tmp_path / "no such folder" / "report")
    assert stream_server.heads == []


@pytest.mark.slow
def test_a_cancelled_transfer_leaves_no_file(stream_server: StreamServer, tmp_path: Path) -> None:
    async def main() -> None:
        started, hold = asyncio.Event(), threading.Event()
        loop = asyncio.get_running_loop()

        def script(write: Callable[[bytes], object]) -> None:
            write(head(5000) + b"half")
            loop.call_soon_threadsafe(started.set)
            hold.wait(10)
            write(bytes(5000) * 1000)

        stream_server.scripts = [script]
        async with AsyncHtcSession(api_key=KEY, base_url=stream_server.url) as session:
            task = asyncio.create_task(session.save(FILE, tmp_path / "report"))
            await started.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        hold.set()

    asyncio.run(main())
    assert not list(tmp_path.glob("*report*"))


@pytest.mark.slow
def test_headers_of_streamed_responses_can_be_seen(client: Client, stream_server: StreamServer) -> None:
    stream_server.answers(head(9).replace(b"connection", b"X-Request-Id: r-1\r\nconnection"), b'{"n": 1}\n')

    def function(session: Any) -> Any:
        return session.lines(LINES)

    result = client.run(client.session.raw(function))
    assert (result.status, result.request_id, result.responses[0].content) == (200, "r-1", b"")


def test_streamed_responses_have_no_pages(client: Client) -> None:
    for use in (lambda session: session.lines(LINES), lambda session: session.save(FILE, "x")):
        with pytest.raises(e.HtcPayloadError, match="is not a listing"):
            client.session.pages(use)


def _peak(use: Callable[[], Any]) -> tuple[Any, bool]:
    """What it returns, and whether it took less than 6 MB."""
    tracemalloc.start()
    try:
        result = use()
        return result, tracemalloc.get_traced_memory()[1] < 6 * MEGABYTE
    finally:
        tracemalloc.stop()
