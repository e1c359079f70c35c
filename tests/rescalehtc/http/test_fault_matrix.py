"""Every fault of the table, with five methods, by sync and async sessions, in clear and through TLS."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import struct
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rescalehtc import AsyncHtcSession, HtcSession
from rescalehtc.exceptions import HtcConnectionError, HtcException
from rescalehtc_generated.client import Call
from tests.rescalehtc.http.faults import FAULTS
from tests.support.fault_server import KEY, MARGIN, SECRETS, Ending, Fault, FaultServer, echo
from tests.support.routes import call
from tests.support.shown import everything_of
from tests.support.tls import Certificates

pytestmark = pytest.mark.slow

Send = Callable[[Call[Any], float], Any]

METHODS = ("GET", "PUT", "DELETE", "POST", "PATCH")


def requested(method: str) -> Call[Any]:
    if method == "DELETE":
        return call(method, decode=None)
    return call(method, body=None if method == "GET" else b'{"a":1}')


@contextlib.contextmanager
def sending(kind: str, server: FaultServer, connect_timeout: float = 10) -> Iterator[Send]:
    """A function that sends a call by a session with one connection, and returns the result or the exception."""
    options: dict[str, Any] = {"timeout": 10, "connect_timeout": connect_timeout, "max_connections": 1}
    options.update(api_key=KEY, base_url=server.url)
    if kind == "sync":
        with HtcSession(**options) as session:
            yield lambda call, limit: result_of(lambda: session.with_options(timeout=limit).send(call))
        return
    with asyncio.Runner() as runner:
        async_session = AsyncHtcSession(**options)

        async def send(call: Call[Any], limit: float) -> Any:
            async with asyncio.timeout(60):
                return await async_session.with_options(timeout=limit).send(call)

        yield lambda call, limit: result_of(lambda: runner.run(send(call, limit)))
        runner.run(async_session.aclose())


def result_of(function: Callable[[], Any]) -> Any:
    try:
        return function()
    except Exception as error:
        return error


def leaked(text: str) -> list[str]:
    """Secrets, and parts of them, that a text shows in any form in which a server may have repeated them."""
    return [
        form
        for secret in SECRETS
        for form in echo(secret).split(" ")
        if form in text or any(form[at : at + MARGIN + 6] in text for at in range(0, len(form) - MARGIN - 6, 3))
    ]


def check(fault: Fault, kind: str, server: FaultServer, log: pytest.LogCaptureFixture) -> None:
    log.set_level(logging.DEBUG, "rescalehtc")
    with sending(kind, server, 1 if fault.end == "stall" else 10) as send:
        send(call(), 10)  # which fetches the token
        for method in METHODS:
            check_method(fault, method, send, server, log)


def check_method(fault: Fault, method: str, send: Send, server: FaultServer, log: pytest.LogCaptureFixture) -> None:
    server.received.clear()
    log.clear()
    server.fault = fault
    outcome = send(requested(method), 0.2 if fault.end == "stall" else 10)
    following = send(call(), 10)
    wanted = fault.outcome(method)
    message = f"{fault.name}, {method}: {outcome!r}"
    if isinstance(outcome, Exception):
        assert isinstance(outcome, HtcException), message
        assert wanted is not None, message
        assert isinstance(outcome, wanted), message
        shown = "".join(everything_of(outcome))
        assert not leaked(shown), shown
    else:
        # Where the connection is closed at once, the program may notice it before it sends anything.
        assert wanted is None or fault.when == "connected", message
    assert not leaked(log.text), log.text
    # A response of its own to the next call: nothing of the fault is left on a connection.
    assert following == len(server.received), f"{message}, then {following!r}"
    if method in ("POST", "PATCH"):
        times = server.received.count(method)
        assert times <= 1 + fault.sent_again, f"{message}: received {times} times"
        if times and isinstance(outcome, HtcException) and not 400 <= (outcome.status_code or 0) < 500:
            assert outcome.maybe_received, message


def test_the_table_is_as_long_as_promised() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 120


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "_"))
class TestFaults:
    def test_in_clear(self, fault: Fault, kind: str, clear: FaultServer, caplog: pytest.LogCaptureFixture) -> None:
        check(fault, kind, clear, caplog)

    def test_through_tls(
        self,
        fault: Fault,
        kind: str,
        encrypted: FaultServer,
        certificates: Certificates,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
        check(fault, kind, encrypted, caplog)


HANDSHAKES: dict[str, tuple[bytes, Ending]] = {
    "closed": (b"", "close"),
    "reset": (b"", "reset"),
    "noise": (b"{key}" * 9, "close"),
    "no TLS": (b"HTTP/1.1 400 Bad Request\r\n\r\n", "close"),
    "an alert": (b"\x15\x03\x03\x00\x02\x02\x28", "close"),
    "half a greeting": (b"\x16\x03\x03\x00\x7a\x02\x00", "close"),
    "silence": (b"", "stall"),
}


@pytest.mark.parametrize("kind", ["sync", "async"])
class TestTls:
    @pytest.mark.parametrize("name", HANDSHAKES)
    def test_a_handshake_that_fails(
        self,
        name: str,
        kind: str,
        encrypted: FaultServer,
        certificates: Certificates,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """Nothing was sent, so that every method may be repeated."""
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
        send, end = HANDSHAKES[name]
        check(Fault(name, send, end, "connected", None, None, None), kind, encrypted, caplog)

    @pytest.mark.parametrize(
        "options", [{"trusted": False}, {"days": -2}, {"host": "other.example"}], ids=["forged", "expired", "other"]
    )
    @pytest.mark.parametrize("method", METHODS)
    def test_a_certificate_that_does_not_match(
        self,
        options: dict[str, Any],
        method: str,
        kind: str,
        certificates: Certificates,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
        with FaultServer(certificates.server(**options)).running() as server, sending(kind, server) as send:
            outcome = send(requested(method), 10)
        assert isinstance(outcome, HtcConnectionError)
        assert "SSL_CERT_FILE" in str(outcome)
        assert not outcome.maybe_received
        assert server.received == []


def test_a_client_that_resets_before_the_handshake_leaves_no_socket_open(certificates: Certificates) -> None:
    """Of the tests' own server: a warning about it failed other tests on a busy machine."""
    context = certificates.server()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        connection, _ = listener.accept()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
        with pytest.raises(ConnectionResetError):
            context.wrap_socket(connection, server_side=True)
