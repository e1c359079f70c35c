"""Every library that may carry the calls: the same guarantees hold with each of them."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import socket
import ssl
import sys
import threading
from dataclasses import replace
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

import certifi
import httpx2
import pytest
from httpx_aiohttp import HttpxAiohttpClient

from rescalehtc import AsyncHtcSession, HtcSession
from rescalehtc import exceptions as e
from rescalehtc._http import transports
from rescalehtc._http.settings import Settings
from rescalehtc.observers import Attempt
from tests.rescalehtc.http import test_fault_matrix as matrix
from tests.rescalehtc.http import test_hard_use as hard_use
from tests.rescalehtc.http.faults import FAULTS
from tests.support.fault_server import Fault, FaultServer
from tests.support.raw_server import Server, answer
from tests.support.routes import call
from tests.support.scripted import KEY
from tests.support.tls import Certificates

_LOADED: dict[str, dict[str, ModuleType]] = {}
_MODULES = [transports.__name__, *(each.name for each in walk_packages(transports.__path__, f"{transports.__name__}."))]
KINDS = ["httpx2-sync", "httpx2-async", "aiohttp-async"]


def load_again(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    """The modules of the transports, as a program finds them that starts now."""
    for name in _MODULES:
        monkeypatch.delitem(sys.modules, name, raising=False)
    return {name: importlib.import_module(name) for name in _MODULES}


@pytest.fixture
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a library that the environment chooses."""
    name = request.param.partition("-")[0]
    monkeypatch.setenv("RESCALE_HTC_TRANSPORT", name)
    if name not in _LOADED:
        with monkeypatch.context() as patch:
            _LOADED[name] = load_again(patch)
    for each, module in _LOADED[name].items():
        monkeypatch.setitem(sys.modules, each, module)
    return name


@pytest.fixture
def how(request: pytest.FixtureRequest) -> str:
    """sync or async"""
    return request.node.callspec.params["library"].partition("-")[2]


# One of each group; RESCALE_TEST_FAULTS=all takes the whole table.
CHOSEN = {
    "close after it",
    "reset amid the body",
    "silence after it",
    "noise",
    "an unknown transfer encoding",
    "a second response",
    "bytes after the response",
    "gzip cut off",
    "status 303",
    "status 401, once",
}
# What the parser of aiohttp refuses together with the response, which others take: it was not asked for.
REFUSED_BY_AIOHTTP = {"HTTP/9.9", "bytes after the response", "a body after 204", "a length with 204"}


@pytest.mark.parametrize("library", KINDS, indirect=True)
@pytest.mark.parametrize(
    "fault",
    [fault for fault in FAULTS if fault.name in CHOSEN or os.environ.get("RESCALE_TEST_FAULTS") == "all"],
    ids=lambda fault: fault.name.replace(" ", "_"),
)
class TestFaults:
    @pytest.mark.slow
    def test_in_clear(
        self,
        fault: Fault,
        library: str,
        how: str,
        clear: FaultServer,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
        request: pytest.FixtureRequest,
    ) -> None:
        if fault.name in REFUSED_BY_AIOHTTP and "aiohttp" in request.node.name:
            fault = replace(fault, repeated=None, once=e.HtcConnectionError, delete=None)
        if fault.name in CHOSEN:
            monkeypatch.setattr(matrix, "METHODS", ("GET", "POST"))
        matrix.check(fault, how, clear, caplog)

    @pytest.mark.slow
    def test_through_tls(
        self,
        fault: Fault,
        library: str,
        how: str,
        encrypted: FaultServer,
        certificates: Certificates,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
        request: pytest.FixtureRequest,
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
        self.test_in_clear(fault, library, how, encrypted, monkeypatch, caplog, request)


@pytest.mark.parametrize("library", KINDS, indirect=True)
class TestCertificates:
    @pytest.mark.slow
    @pytest.mark.parametrize("options", [{"trusted": False}, {"host": "other.example"}], ids=["forged", "other"])
    def test_a_certificate_that_does_not_match(
        self,
        options: dict[str, Any],
        library: str,
        how: str,
        certificates: Certificates,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
        with FaultServer(certificates.server(**options)).running() as server, matrix.sending(how, server) as send:
            outcome = send(call("POST", body=b"{}"), 10)
        assert isinstance(outcome, e.HtcConnectionError)
        assert "SSL_CERT_FILE" in str(outcome)
        assert not outcome.maybe_received
        assert server.received == []

    @pytest.mark.slow
    def test_the_same_authorities_are_trusted(self, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("SSL_CERT_DIR", raising=False)
        from rescalehtc._http.transports.certificates import trusted_certificates

        wanted = ssl.create_default_context(cafile=certifi.where()).get_ca_certs()
        assert trusted_certificates(Settings.read(environ={}), "https://a").get_ca_certs() == wanted


@pytest.fixture
def accepted(server: Server, monkeypatch: pytest.MonkeyPatch) -> list[socket.socket]:
    """The server's ends of all connections."""
    connections: list[socket.socket] = []
    process = server.process_request

    def remember(connection: Any, address: Any) -> None:
        connections.append(connection)
        process(connection, address)

    monkeypatch.setattr(server, "process_request", remember)
    return connections


@pytest.mark.parametrize("library", ["httpx-async", "httpx2-async", "aiohttp-async"], indirect=True)
@pytest.mark.usefixtures("library")
class TestAsync:
    @pytest.mark.slow
    async def test_cancelled_at_random(self) -> None:
        await hard_use.cancelled_at_random(30, connections=1)

    @pytest.mark.slow
    async def test_a_connection_that_was_closed_while_the_loop_was_busy(
        self, server: Server, accepted: list[socket.socket]
    ) -> None:
        """The loop could not notice: a POST must not get lost on it."""
        async with AsyncHtcSession(api_key=KEY, base_url=server.url) as session:
            await session.send(call())
            for connection in accepted:
                connection.shutdown(socket.SHUT_RDWR)
            assert await session.send(call("POST", body=b"{}")) == 1
        assert len(server.heads) == 2

    @pytest.mark.parametrize("turns", [0, 3])
    async def test_bytes_that_come_later(self, server: Server, accepted: list[socket.socket], turns: int) -> None:
        async with AsyncHtcSession(api_key=KEY, base_url=server.url) as session:
            await session.send(call())
            for connection in accepted:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                connection.sendall(answer(b"666"))
            for _ in range(turns):
                await asyncio.sleep(0)
            assert await session.send(call("POST", body=b"{}")) == 1
        assert server.connections == 2

    @pytest.mark.slow
    async def test_an_upload_that_nobody_reads(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as deaf:
            url = f"http://127.0.0.1:{deaf.getsockname()[1]}/api"
            options: Any = {"timeout": 0.01, "connect_timeout": 0.2, "max_retries": 0}
            async with AsyncHtcSession(api_key=KEY, base_url=url, **options) as session:
                with pytest.raises(e.HtcTimeoutError, match="sending the request") as caught:
                    await session.send(call("POST", body=bytes(1 << 23), authorization="Bearer a"))
        assert caught.value.maybe_received

    async def test_the_observer_sees_every_request(self, server: Server) -> None:
        """A library that repeats by itself hides a DELETE whose response was lost."""
        attempts: list[Attempt] = []
        async with AsyncHtcSession(api_key=KEY, base_url=server.url, observer=attempts.append) as session:
            await session.send(call())
            attempts.clear()
            server.handler = lambda *_: b"" if len(server.heads) == 2 else answer(b"", "404 Not Found")
            await session.send(call("DELETE", decode=None))
        assert [attempt.status for attempt in attempts] == [None, 404]
        assert len(server.heads) == 3

    async def test_closing_ends_a_call(self, server: Server) -> None:
        received, release = threading.Event(), threading.Event()

        def wait(*_: bytes) -> bytes:
            received.set()
            release.wait(10)
            return answer()

        server.handler = wait
        async with AsyncHtcSession(api_key=KEY, base_url=server.url) as session:
            task = asyncio.create_task(session.send(call("POST", body=b"{}")))
            await asyncio.to_thread(received.wait)
            await session.close()
            with pytest.raises(e.HtcClosedError, match="may have carried it out"):
                await task
        release.set()


@pytest.mark.parametrize("library", ["httpx2-sync"], indirect=True)
@pytest.mark.usefixtures("library")
class TestUnrequestedBytes(hard_use.TestUnrequestedBytes):
    """As in test_hard_use.py."""


class TestChoice:
    def chosen(self, monkeypatch: pytest.MonkeyPatch, name: str | None, *missing: str) -> tuple[str, str]:
        """The libraries of sync and async sessions."""
        find = importlib.util.find_spec
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in missing else find(name))
        monkeypatch.setenv("RESCALE_HTC_TRANSPORT", name or "")
        load_again(monkeypatch)
        from rescalehtc._http.transports.libraries import httpx

        kind = asyncio.run(self.opened())
        return httpx.__name__, "aiohttp" if kind == "AiohttpTransport" else httpx.__name__

    async def opened(self) -> str:
        from rescalehtc._http.transports.aio.connections import open_async_transport

        transport = open_async_transport(Settings.read(base_url="http://127.0.0.1:9"))
        await transport.close()
        return type(transport).__name__

    @pytest.mark.parametrize(
        ("name", "missing", "libraries"),
        [
            (None, (), ("httpx2", "aiohttp")),
            (None, ("httpx2",), ("httpx", "aiohttp")),
            (None, ("aiohttp",), ("httpx2", "httpx2")),
            (None, ("aiohttp", "httpx2"), ("httpx", "httpx")),
            ("httpx", (), ("httpx", "httpx")),
            ("httpx2", (), ("httpx2", "httpx2")),
            ("aiohttp", (), ("httpx", "aiohttp")),
        ],
    )
    def test_by_installation_and_environment(
        self,
        name: str | None,
        missing: tuple[str, ...],
        libraries: tuple[str, str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        assert self.chosen(monkeypatch, name, *missing) == libraries

    @pytest.mark.parametrize("name", ["httpx2", "aiohttp"])
    def test_one_that_is_missing(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(e.HtcMissingExtraError, match=f"rescalehtc\\[{name}]"):
            self.chosen(monkeypatch, name, name)

    def test_one_that_is_unknown(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(e.HtcConfigurationError, match="httpx, httpx2, aiohttp"):
            self.chosen(monkeypatch, "curl")

    def test_an_old_one_is_not_used(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("aiohttp.__version__", "3.9.5")
        assert self.chosen(monkeypatch, None) == ("httpx2", "httpx2")

    def test_not_through_a_proxy(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
        monkeypatch.setattr("urllib.request.proxy_bypass", lambda _: False)
        assert self.chosen(monkeypatch, None) == ("httpx2", "httpx2")


class TestClients:
    """What the caller passes as http_client."""

    @pytest.mark.slow
    def test_of_httpx2(self, server: Server) -> None:
        with httpx2.Client() as client, HtcSession(api_key=KEY, base_url=server.url, http_client=client) as session:
            assert session.with_options(timeout=5, connect_timeout=5).send(call()) == 1
            server.handler = lambda *_: b""
            with pytest.raises(e.HtcConnectionError, match="carried it out"):
                session.send(call("POST"))
        with pytest.raises(e.HtcClosedError):
            HtcSession(api_key=KEY, base_url=server.url, http_client=client).send(call())

    @pytest.mark.slow
    async def test_of_httpx2_async(self, server: Server) -> None:
        async with (
            httpx2.AsyncClient() as client,
            AsyncHtcSession(api_key=KEY, base_url=server.url, http_client=client) as session,
        ):
            assert await session.send(call()) == 1
            assert b"user-agent: rescalehtc/" in server.heads[0].lower()

    def test_of_another_library(self) -> None:
        not_a_client: Any = object()
        with pytest.raises(e.HtcConfigurationError, match=r"httpx\.Client or httpx2\.Client, not object"):
            HtcSession(api_key=KEY, http_client=not_a_client)

    @pytest.mark.slow
    async def test_of_httpx_aiohttp(self, server: Server) -> None:
        """It says of a connection that broke after the request that it was never made."""
        server.handler = lambda *_: b""
        async with (
            HttpxAiohttpClient() as client,
            AsyncHtcSession(api_key=KEY, base_url=server.url, http_client=client) as session,
        ):
            with pytest.raises(e.HtcConnectionError, match="carried it out") as caught:
                await session.send(call("POST", body=b"{}"))
        assert caught.value.maybe_received
        assert len(server.heads) == 1
