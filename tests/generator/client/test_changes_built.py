"""Changes of the description that are built right: each is called over HTTP, and what is sent and read is checked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from edits import small, written
from table_bodies import ANSWERS, BODIES
from table_models import MODELS
from table_parameters import PARAMETERS
from table_routes import ROUTES, VERSION_3_1

from rescalehtc import HtcSession

pytestmark = pytest.mark.slow
TABLES = {
    "model": MODELS,
    "parameter": PARAMETERS,
    "body": BODIES,
    "answer": ANSWERS,
    "route": ROUTES,
    "3.1": VERSION_3_1,
}
CASES = {f"{kind}: {name}": case for kind, table in TABLES.items() for name, case in table.items()}


class Service(ThreadingHTTPServer):
    """Notes requests, and answers as a case says."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = (200, "text/plain", b"")
        self.requests: list[tuple[str, dict[str, str], bytes]] = []


class Handler(BaseHTTPRequestHandler):
    server: Service

    def answer_all(self) -> None:
        content = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.requests.append((f"{self.command} {self.path}", headers, content))
        status, media, reply = self.server.answer
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = answer_all

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with Service() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def session(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HtcSession]:
    monkeypatch.setenv("RESCALE_HTC_BEARER_TOKEN", "a.b.c")
    monkeypatch.setenv("HOME", str(tmp_path))
    service.requests.clear()
    with HtcSession(base_url=f"http://127.0.0.1:{service.server_port}") as session:
        yield session


def test_the_table_is_long() -> None:
    assert len(CASES) > 80


@pytest.mark.parametrize("name", CASES)
def test_is_built_right(
    name: str, service: Service, session: HtcSession, tmp_path: Path, client_from: Callable[[Path], Any]
) -> None:
    case = CASES[name]
    document = small()
    case.edit(document)
    package = client_from(written(document, tmp_path / "small.json"))
    reply = case.answer if isinstance(case.answer, bytes) else json.dumps(case.answer).encode()
    service.answer = (case.status, case.media, reply)

    result = case.call(package.functions, package.models, session)

    assert case.gives(result) if callable(case.gives) else result == case.gives
    sent, headers, content = service.requests[-1]
    target, *expected = case.sent.splitlines()
    assert sent == target
    for line in expected:
        header, _, value = line.partition(": ")
        assert headers[header.lower()] == value
    if callable(case.body):
        assert case.body(content, headers["content-type"])
    elif isinstance(case.body, bytes):
        assert content == case.body
    elif case.body is not None:
        assert json.loads(content) == case.body
        assert "json" in headers["content-type"]
