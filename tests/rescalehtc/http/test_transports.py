"""Sessions with their own connections, against a server of plain sockets on this machine."""

from __future__ import annotations

import asyncio
import gc
import gzip
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rescalehtc import AsyncHtcSession, HtcSession
from rescalehtc import exceptions as e
from rescalehtc._http.messages import Request
from rescalehtc._http.settings import Settings
from rescalehtc._http.transports.aio.connections import AsyncTransport
from rescalehtc._http.transports.connections import Transport
from rescalehtc._http.transports.proxies import proxy_for
from tests.support.raw_server import Server, answer
from tests.support.routes import call, public
from tests.support.scripted import KEY

Use = Callable[..., Any]


@pytest.fixture
def use(kind: str, server: Server) -> Iterator[Use]:
    """Sends calls one after the other through a session with connections of its own."""
    runner = asyncio.Runner()
    sessions: dict[str, Any] = {}

    def send(*calls: Any, **options: Any) -> Any:
        if not sessions:
            made: Any = (HtcSession if kind == "sync" else AsyncHtcSession)(api_key=KEY, base_url=server.url, **options)
            sessions["one"] = made
        session = sessions["one"]
        result: Any = None
        for one in calls:
            result = session.send(one) if kind == "sync" else runner.run(session.send(one))
        return result

    def close() -> None:
        for session in sessions.values():
            session.close() if kind == "sync" else runner.run(session.close())
        sessions.clear()

    send.close = close  # type: ignore[attr-defined]
    yield send
    close()
    runner.close()


def test_connections_are_kept(use: Use, server: Server) -> None:
    use(*[call()] * 5, call("POST", body=b"{}"), call("POST"), call("DELETE"))
    assert server.connections == 1
    assert server.heads[0].startswith(b"GET /api/htc/things/t1 HTTP/1.1\r\n")
    for head in server.heads:
        assert head.lower().count(b"\r\nhost: 127.0.0.1:") == 1
        assert b"\r\nauthorization: bearer the-token\r\n" in head.lower()
        assert b"cookie" not in head.lower()
    assert b"content-length: 2\r\n" in server.heads[5].lower()
    assert b"content-length: 0\r\n" in server.heads[6].lower()


def test_query_and_escapes_arrive_as_they_are(use: Use, server: Server) -> None:
    use(call(target="/htc/a%2Fb/p:1?x=%20y&z=a%2Bb"))
    assert server.heads[0].startswith(b"GET /api/htc/a%2Fb/p:1?x=%20y&z=a%2Bb HTTP/1.1\r\n")


def test_compressed_responses(use: Use, server: Server) -> None:
    body = b"[" + b"1," * 50_000 + b"1]"
    server.handler = lambda *_: answer(gzip.compress(body), content_encoding="gzip")
    assert len(use(call())) == 50_001
    server.handler = lambda *_: answer(zlib.compress(body), content_encoding="deflate")
    assert len(use(call())) == 50_001
    server.handler = lambda *_: answer(b"broken", content_encoding="gzip")
    with pytest.raises(e.HtcDecodeError):
        use(call())
    assert b"accept-encoding: gzip, deflate\r\n" in server.heads[0].lower()


def test_chunked_and_unlimited_responses(use: Use, server: Server) -> None:
    server.handler = lambda *_: b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n[1\r\n3\r\n,2]\r\n0\r\n\r\n"
    assert use(call()) == [1, 2]
    server.handler = lambda *_: b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n[3]"
    assert use(call()) == [3]


def test_redirects_are_not_followed(use: Use, server: Server) -> None:
    server.handler = lambda *_: answer(b"", "302 Found", location=server.url + "/elsewhere", set_cookie="a=b")
    with pytest.raises(e.HtcRedirectError, match="not followed"):
        use(call())
    assert len(server.heads) == 1
    server.handler = lambda *_: answer()
    use(call())
    assert b"cookie" not in server.heads[1].lower()


@pytest.mark.slow
def test_a_broken_connection(use: Use, server: Server) -> None:
    remaining = [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\nconnection: close\r\n\r\n[1", answer(b"5")]
    server.handler = lambda *_: remaining.pop(0)
    assert use(call()) == 5
    remaining[:] = [b"", answer(b"6")]
    with pytest.raises(e.HtcConnectionError, match="may still have carried it out") as caught:
        use(call("POST", body=b"{}"))
    assert caught.value.maybe_received
    assert len(remaining) == 1


def test_garbage_instead_of_http(use: Use, server: Server) -> None:
    server.handler = lambda *_: b"220 smtp.example ESMTP\r\nconnection: close\r\n\r\n"
    with pytest.raises(e.HtcConnectionError):
        use(call(), max_retries=0)


def test_no_server(use: Use, server: Server) -> None:
    server.server_close()
    with pytest.raises(e.HtcConnectionError, match="no response") as caught:
        use(call("POST"), max_retries=1)
    assert not caught.value.maybe_received
    assert "2 attempts" in str(caught.value)


def test_a_response_that_does_not_arrive(use: Use, server: Server) -> None:
    release = threading.Event()

    def wait(*_: bytes) -> bytes:
        release.wait(10)
        return b""

    server.handler = wait
    with pytest.raises(e.HtcTimeoutError, match="waiting for the response"):
        use(call(), timeout=0.05, max_retries=0)
    release.set()


@pytest.mark.slow
def test_threads_stay_within_the_limit(server: Server) -> None:
    def slow(head: bytes, _: bytes) -> bytes:
        time.sleep(0.001)  # long enough for the threads to meet
        return answer(head.split()[1].rpartition(b"/")[2])

    server.handler = slow
    with HtcSession(api_key=KEY, base_url=server.url, max_connections=4) as session, ThreadPoolExecutor(32) as threads:
        numbers = list(range(320))
        assert list(threads.map(lambda n: session.send(call(target=f"/htc/{n}")), numbers)) == numbers
    assert server.most <= 4


@pytest.mark.slow
async def test_tasks_stay_within_the_limit(server: Server) -> None:
    server.handler = lambda head, _: answer(head.split()[1].rpartition(b"/")[2])
    async with AsyncHtcSession(api_key=KEY, base_url=server.url, max_connections=4) as session:
        answers = await asyncio.gather(*(session.send(call(target=f"/htc/{n}")) for n in range(100)))
    assert answers == list(range(100))
    assert server.most <= 4


@pytest.mark.slow
async def test_cancelled_calls_leak_no_connection(server: Server) -> None:
    release = threading.Event()

    def wait(*_: bytes) -> bytes:
        release.wait(10)
        return answer(b"1")

    async with AsyncHtcSession(api_key=KEY, base_url=server.url, max_connections=3) as session:
        await session.reauthenticate_if_needed()
        server.handler = wait
        for _ in range(5):
            tasks = [asyncio.create_task(session.send(call())) for _ in range(6)]
            await asyncio.sleep(0.01)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        release.set()
        server.handler = lambda *_: answer(b"2")
        # All three places are free again.
        assert await asyncio.wait_for(asyncio.gather(*(session.send(call()) for _ in range(9))), 10) == [2] * 9


@pytest.mark.slow
async def test_calls_cancelled_while_connecting_leak_no_socket(server: Server) -> None:
    """A forgotten socket would be a ResourceWarning, which is an error here."""
    for steps in range(12):
        async with AsyncHtcSession(api_key=KEY, base_url=server.url) as session:
            tasks = [asyncio.create_task(session.send(public())) for _ in range(4)]
            for _ in range(steps):
                await asyncio.sleep(0)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    gc.collect()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Key and certificate of a server that only itself vouches for."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(secret + built.public_bytes(pem))
    return path


@pytest.mark.slow
def test_certificates_are_checked(use: Use, server: Server, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.url = server.url.replace("http://127.0.0.1", "https://localhost")
    with pytest.raises(e.HtcConnectionError, match="SSL_CERT_FILE") as caught:
        use(call())
    assert "attempts" not in str(caught.value)  # a repeat would not help
    use.close()  # type: ignore[attr-defined]
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert use(call()) == 1


@pytest.mark.parametrize("transport", [Transport, AsyncTransport])
def test_certificates_are_read_only_for_tls(
    transport: type[Transport | AsyncTransport], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", lambda *arguments, **_: read.append(arguments))
    transport(Settings.read(base_url="http://127.0.0.1:9/"))
    assert read == []
    transport(Settings.read(base_url="https://127.0.0.1:9/"))
    assert read


@pytest.mark.parametrize(
    ("environ", "proxied"),
    [
        ({"https_proxy": "http://proxy.example:3128"}, True),
        ({"https_proxy": "proxy.example:3128"}, True),
        ({"all_proxy": "http://user:pw@proxy.example:3128"}, True),
        ({"http_proxy": "http://proxy.example:3128"}, False),
        ({"https_proxy": "http://proxy.example:3128", "no_proxy": "rescale.com"}, False),
        ({"https_proxy": "http://proxy.example:3128", "no_proxy": "*"}, False),
        ({"https_proxy": "http://proxy.example:3128", "no_proxy": "other.example"}, True),
        ({}, False),
    ],
)
def test_proxies_of_the_environment(environ: dict[str, str], proxied: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    settings = Settings.read(environ={})
    proxy = proxy_for(settings, settings.origin)
    assert bool(proxy) is proxied
    if proxied:
        assert proxy["proxy"].url.host == "proxy.example"


@pytest.mark.parametrize(
    ("host", "excluded", "proxied"),
    [
        ("10.1.2.3:8000", "10.0.0.0/8", False),
        ("10.1.2.3", "example.com, 10.1.0.0/16", False),
        ("10.1.2.3", "10.1.2.0/33,::/0", True),
        ("[fd00::1]:8000", "fd00::/8", False),
        ("[::1]", "::1", False),
        ("ten.example", "10.0.0.0/8", True),
    ],
)
def test_networks_without_a_proxy(host: str, excluded: str, proxied: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in 1.1.0, whose library reads them."""
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.setenv("http_proxy", " http://proxy.example:3128 ")
    monkeypatch.setenv("no_proxy", excluded)
    settings = Settings.read(base_url=f"http://{host}", allow_http=True, environ={})
    assert bool(proxy_for(settings, settings.origin)) is proxied


@pytest.mark.slow
def test_an_unusable_proxy_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("https_proxy", "ftp://user:hunter22@proxy.example")
    with HtcSession(api_key=KEY) as session, pytest.raises(e.HtcConfigurationError, match="NO_PROXY") as caught:
        session.send(call())
    assert "hunter22" not in str(caught.value)


def test_a_call_through_a_proxy(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("http_proxy", server.url)
    with HtcSession(api_key=KEY, base_url="http://htc.example/api", allow_http=True) as session:
        assert session.send(call()) == 1
    assert server.heads[0].startswith(b"GET http://htc.example/api/htc/things/t1 HTTP/1.1\r\n")
    assert b"\r\nhost: htc.example\r\n" in server.heads[0].lower()


def test_few_steps_per_call(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes a call cheap does not depend on the machine: one pass through the transport, headers built once."""
    sent: list[Request] = []
    original = Transport.send

    def count(self: Transport, request: Request) -> Any:
        sent.append(request)
        return original(self, request)

    monkeypatch.setattr(Transport, "send", count)
    with HtcSession(api_key=KEY, base_url=server.url) as session:
        for number in range(3):
            session.send(call(target=f"/htc/{number}"))
    assert len(sent) == 4
    assert sent[1].headers is sent[2].headers is sent[3].headers
