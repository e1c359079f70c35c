"""A proxy that fails is named by the exception of the call, whatever library the call went through."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import httpx2
import pytest
from httpx_aiohttp import HttpxAiohttpClient

from rescalehtc import AsyncHtcSession, HtcSession
from rescalehtc import exceptions as e
from tests.rescalehtc.http.test_libraries import how, library
from tests.support.raw_server import Server, answer
from tests.support.routes import call
from tests.support.scripted import KEY
from tests.support.shown import everything_of

__all__ = ["how", "library"]

POST = call("POST", body=b"{}", authorization="Bearer token")
OWN = ["httpx-sync", "httpx-async", "httpx2-sync", "httpx2-async"]
CLIENTS: list[Any] = [httpx.Client, httpx.AsyncClient, httpx2.Client, httpx2.AsyncClient]
CLOSED = "the connection to the proxy {} failed: "
CASES = {
    "refuses": CLOSED + r"(\[Errno \d+\] Connection refused|All connection attempts failed)",
    "is unknown": CLOSED + r"\[Errno -2\] Name or service not known",
    "is silent": CLOSED + "time ran out while waiting for the response",
    "hangs up": CLOSED + "Server disconnected",
    "wants a password": "the proxy {} refused the connection: 407 Proxy Authentication Required",
    "opens a tunnel to nowhere": r"time ran out while connecting \(through the proxy {}\)",
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def proxy(case: str, server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a proxy that fails."""
    done = threading.Event()
    address = server.url.removeprefix("http://").removesuffix("/api")
    if case == "refuses":
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
    elif case == "is unknown":
        address = "proxy.example:3128"
        monkeypatch.setattr(socket, "getaddrinfo", _no_such_name)
    answers = {"hangs up": b"", "wants a password": answer(b"", "407 Proxy Authentication Required")}

    def handle(head: bytes, body: bytes) -> bytes:
        assert head.startswith(b"CONNECT service.example:443 ")
        if case == "is silent":
            done.wait(10)
        if case == "opens a tunnel to nowhere":
            return b"HTTP/1.1 200 OK\r\n\r\n"
        return answers.get(case, b"")

    server.handler = handle
    yield address
    done.set()


def _no_such_name(*_: Any, **__: Any) -> Any:
    raise socket.gaierror(-2, "Name or service not known")


def fail(how: str, base_url: str = "https://service.example/api/v1", **options: Any) -> e.HtcException:
    """The exception of a POST that needs no token."""
    kind: Any = HtcSession if how == "sync" else AsyncHtcSession
    session = kind(api_key=KEY, max_retries=0, timeout=0.1, connect_timeout=0.1, base_url=base_url, **options)

    async def run() -> None:
        try:
            await session.send(POST)
        finally:
            await (options["http_client"].aclose() if "http_client" in options else session.close())

    with pytest.raises((e.HtcConnectionError, e.HtcTimeoutError)) as caught:
        session.send(POST) if how == "sync" else asyncio.run(run())
    assert "hush" not in "".join(everything_of(caught.value))
    return caught.value


def check(error: e.HtcException, case: str, proxy: str) -> None:
    assert re.search(CASES[case].format(proxy), str(error))
    assert not error.maybe_received


@pytest.mark.parametrize("library", OWN, indirect=True)
def test_connections_of_our_own(case: str, proxy: str, library: str, how: str) -> None:
    check(fail(how, proxy=f"http://user:hush@{proxy}"), case, proxy)


@pytest.mark.slow
@pytest.mark.parametrize("client", CLIENTS, ids=lambda kind: f"{kind.__module__}-{kind.__name__}")
def test_clients_of_the_caller(case: str, proxy: str, client: Any) -> None:
    kind = "sync" if client.__name__ == "Client" else "async"
    check(fail(kind, http_client=client(proxy=f"http://user:hush@{proxy}")), case, proxy)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the package uses what aiohttp deprecated
def test_a_client_of_httpx_aiohttp() -> None:
    error = fail("async", http_client=HttpxAiohttpClient(proxy="http://user:hush@127.0.0.1:1"))
    assert "the connection to the proxy 127.0.0.1:1 failed" in str(error)


def test_without_tls(server: Server) -> None:
    base_url = "http://127.0.0.1:1/api/v1"
    error = fail("sync", base_url, proxy="http://user:hush@127.0.0.1:1")
    assert "the connection to the proxy 127.0.0.1:1 failed" in str(error)
    server.handler = lambda head, body: b""
    error = fail("sync", base_url, proxy=server.url.removesuffix("/api"))
    assert "(through the proxy 127.0.0.1:" in str(error)
    assert error.maybe_received
    assert "the proxy 127.0.0.1" not in str(fail("sync", base_url))
