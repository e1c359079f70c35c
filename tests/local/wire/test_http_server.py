"""How the server uses uvicorn, and what it makes of requests that no HTTP library sends."""

from __future__ import annotations

import asyncio
import gc
import re
import socket
from typing import Any, cast

import httpx
import pytest

from rescalehtc.local._wire.exchange import Exchange
from rescalehtc.local._wire.http_protocol import JoiningTransport

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
        transport = JoiningTransport(cast(asyncio.Transport, real), lambda: False)
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


PATH = b"/api/v1/htc/projects"
PROJECT = b'{"projectName":"p","projectDescription":"-"}'
HOST = b"Host: localhost\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(PROJECT)
CHUNKED = b"Transfer-Encoding: chunked\r\n"
CHUNKS = b"%x\r\n%s\r\n0\r\n" % (len(PROJECT), PROJECT)
UPGRADE = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n"
#: A placeholder for the credentials.
TOKEN = b"Authorization: T\r\n"


def get(head: bytes = HOST, *, target: bytes = PATH, version: bytes = b"1.1", method: bytes = b"GET") -> bytes:
    return b"%s %s HTTP/%s\r\n%s%s\r\n" % (method, target, version, head, TOKEN)


def post(head: bytes, body: bytes = PROJECT, host: bytes = HOST, version: bytes = b"1.1") -> bytes:
    return get(host + head, method=b"POST", version=version) + body


#: Requests on one connection, and the statuses of the responses.
REQUESTS: dict[str, tuple[bytes, list[int]]] = {
    "two hosts": (get(b"Host: evil.example\r\n" + HOST), [400]),
    "the same host twice": (get(HOST + HOST), [400]),
    "no host": (get(b""), [400]),
    "no host in HTTP/1.0": (get(b"", version=b"1.0"), [200]),
    "an empty host": (get(b"Host:\r\n"), [421]),
    "a host with a user": (get(b"Host: u@localhost\r\n"), [400]),
    "half an address": (get(b"Host: [::1\r\n"), [400]),
    "a host with an empty port": (get(b"Host: localhost:\r\n"), [200]),
    "spaces behind a value": (get(b"Host: localhost \t\r\n"), [200]),
    "two credentials": (get(HOST + TOKEN), [400]),
    "HTTP/0.9": (b"GET /health\r\n\r\n", [505]),
    "HTTP/2.0": (get(version=b"2.0"), [505]),
    "another absolute host": (get(target=b"http://evil.example" + PATH), [421]),
    "an absolute host counts": (get(b"Host: evil.example\r\n", target=b"http://localhost" + PATH), [200]),
    "an absolute target without a path": (get(target=b"http://localhost?x"), [401]),
    "another scheme": (get(target=b"ftp://localhost" + PATH), [400]),
    "an absolute target with a user": (get(target=b"http://u:p@localhost" + PATH), [400]),
    "an authority": (get(target=b"localhost:80"), [400]),
    "CONNECT": (get(target=b"localhost:80", method=b"CONNECT") + get(), [501]),
    "CONNECT with a path": (get(method=b"CONNECT") + get(), [501]),
    "OPTIONS *": (get(target=b"*", method=b"OPTIONS"), [404]),
    "GET *": (get(target=b"*"), [400]),
    "TRACE": (get(method=b"TRACE"), [405]),
    "HEAD": (get(method=b"HEAD", target=b"/health"), [200]),
    "a fragment": (get(target=PATH + b"#x"), [400]),
    "an escaped letter": (get(target=b"/api/v1/htc/p%72ojects"), [200]),
    "an escaped slash": (get(target=b"/api/v1/htc%2Fprojects"), [404]),
    "escaped dots": (get(target=b"/api/v1/htc/%2e%2e/htc/projects"), [404]),
    "a null byte in the target": (get(target=PATH + b"\0"), [400]),
    "a long target": (get(target=b"/" + b"x" * 60_000), [404]),
    "a longer one": (get(target=b"/" + b"x" * 70_000), [414]),
    "an endless one": (get(target=b"/" + b"x" * 1_000_000), [414]),
    "a long header": (get(HOST + b"X: " + b"x" * 60_000 + b"\r\n"), [200]),
    "an endless header": (get(HOST + b"X: " + b"x" * 1_000_000 + b"\r\n"), [431]),
    "endless headers": (get(HOST + b"X: x\r\n" * 200_000), [431]),
    "an endless trailer": (post(CHUNKED, CHUNKS + b"X: " + b"x" * 1_000_000), [431]),
    "an endless extension of a chunk": (post(CHUNKED, b"1;" + b"x" * 1_000_000), [431]),
    "a folded header": (get(HOST + b"X: y\r\n z\r\n"), [400]),
    "a space before the colon": (get(HOST + b"X : y\r\n"), [400]),
    "a bare CR": (get(HOST + b"X: y\rz\r\n"), [400]),
    "a bare LF": (get(HOST + b"X: y\nZ: z\r\n"), [400]),
    "a null byte in a header": (get(HOST + b"X: \0\r\n"), [400]),
    "two lengths": (post(LENGTH + b"Content-Length: 5\r\n"), [400]),
    "a negative length": (post(b"Content-Length: -1\r\n"), [400]),
    "length and chunks": (post(LENGTH + CHUNKED, CHUNKS + b"\r\n"), [400]),
    "chunks": (post(CHUNKED, CHUNKS + b"\r\n"), [200]),
    "chunks of something else": (post(b"Transfer-Encoding: gzip, chunked\r\n", CHUNKS + b"\r\n"), [501]),
    "an extension of a chunk": (post(CHUNKED, CHUNKS.replace(b"\r", b";a=b\r", 1) + b"\r\n"), [200]),
    "a huge chunk": (post(CHUNKED, b"FFFFFFFFFFFFFFFF0\r\n"), [400]),
    "a broken chunk": (post(CHUNKED, b"5\r\n" + PROJECT), [400]),
    "trailers": (post(CHUNKED, CHUNKS + b"Authorization: Bearer x\r\nHost: evil.example\r\n\r\n"), [200]),
    "an expectation": (post(LENGTH + b"Expect: 100-continue\r\n"), [100, 200]),
    "an expectation in HTTP/1.0": (post(LENGTH + b"Expect: 100-continue\r\n", version=b"1.0"), [200]),
    "three at once": (get() * 2 + post(LENGTH), [200, 200, 200]),
    "two, and something else": (post(LENGTH) + b"not HTTP\r\n\r\n", [200]),
    "a broken chunk behind a request": (get() + post(CHUNKED, b"x\r\n"), [200, 400]),
    "an offer of HTTP/2": (post(LENGTH + UPGRADE) + get(UPGRADE + HOST) + get(), [200, 200, 200]),
    "an offer of HTTP/2 with chunks": (post(CHUNKED + UPGRADE, CHUNKS + b"\r\n") + get(), [200, 200]),
    "closed by the client": (get(HOST + b"Connection: x, Close\r\n") + get(), [200]),
    "half a body": (post(LENGTH, PROJECT[:5]), []),
    "half a head": (get()[:40], []),
}


@pytest.mark.slow
def test_odd_requests(htc: Any) -> None:
    token = f"Authorization: Bearer {htc.token}\r\n".encode()
    statuses = {name: ask(htc, data.replace(TOKEN, token)) for name, (data, _) in REQUESTS.items()}
    assert statuses == {name: expected for name, (_, expected) in REQUESTS.items()}


def ask(htc: Any, data: bytes) -> list[int]:
    """Statuses of the responses to a client that closes its half of the connection when it has sent everything."""
    url = httpx.URL(htc.server.url)
    with socket.create_connection((url.host, url.port), timeout=30) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+)", answer)]


@pytest.mark.slow
def test_a_client_that_sends_nothing_more_gets_its_response(htc: Any) -> None:
    htc.server.faults.add("delay", "listProjects", seconds=0.1)
    assert ask(htc, get().replace(TOKEN, f"Authorization: Bearer {htc.token}\r\n".encode())) == [200]


@pytest.mark.slow
def test_a_client_that_is_still_sending_can_read_why_it_is_refused(htc: Any) -> None:
    """The connection was closed at once, which destroys a response on its way to a client that still sends."""
    head = post(f"Authorization: Bearer {htc.token}\r\nContent-Length: {10**12}\r\n".encode(), b"")
    assert ask(htc, head.replace(TOKEN, b"") + bytes(5_000_000)) == [413]
