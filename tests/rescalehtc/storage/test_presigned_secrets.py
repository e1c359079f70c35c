"""A presigned URL is a credential: neither an error nor anything that it refers to shows it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rescalehtc import AsyncHtcSession, HtcSession, aio, storage
from rescalehtc.exceptions import HtcStorageError
from tests.support.call_fixtures import kind, server
from tests.support.raw_server import Server, answer
from tests.support.scripted import KEY
from tests.support.shown import everything_of

__all__ = ["kind", "server"]

SECRET = "hush0123456789"
PROJECT: Any = SimpleNamespace(project_id="p")
PATH = f"/file?X-Amz-Signature={SECRET}"
ANSWERS = {
    "nothing": b"",
    "no HTTP": b"noise\r\n\r\n",
    "refused": answer(b"<Error>hush0123456789</Error>", "403 Forbidden"),
    "too busy": answer(b"hush0123456789", "503 Slow Down"),
    "elsewhere": answer(b"", "302 Found", location="https://a.example/?X-Amz-Signature=hush0123456789"),
}
URLS = {
    "no host": f"https://{PATH}",
    "a host that cannot be": f"https://a..b{PATH}",
    "not ASCII": f"https://stör.example{PATH}",
    "no encryption": f"http://store.example{PATH}",
    "nobody listens": f"https://127.0.0.1:1{PATH}",
    "a host that does not exist": f"https://store.invalid{PATH}",
    "parts": {"protocol": "http", "host": "store.example", "file": PATH},
    "parts of other kinds": {"protocol": [SECRET], "host": {"a": SECRET}, "port": SECRET, "file": 7},
    "a list": [PATH],
}


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "_ATTEMPTS", 1)
    monkeypatch.setattr(aio.storage, "_ATTEMPTS", 1)


def check(kind: str, server: Server, url: Any, stored: bytes, path: Path) -> None:
    uploads: list[bytes] = []

    def handler(head: bytes, body: bytes) -> bytes:
        if head.startswith(b"PUT"):
            uploads.append(body)
            return stored
        return answer(json.dumps({"url": url}).encode())

    async def upload() -> None:
        async with AsyncHtcSession(api_key=KEY, base_url=server.url, timeout=5) as session:
            await aio.storage.upload_file(session, PROJECT, path)

    def upload_sync() -> None:
        with HtcSession(api_key=KEY, base_url=server.url, timeout=5) as session:
            storage.upload_file(session, PROJECT, path)

    server.handler = handler
    path.write_bytes(b"content")
    with pytest.raises(HtcStorageError) as caught:
        upload_sync() if kind == "sync" else asyncio.run(upload())
    for text in everything_of(caught.value):
        assert SECRET not in text
    assert uploads == ([] if stored == b"unused" else [b"content"])


@pytest.mark.parametrize("name", ANSWERS)
def test_no_error_leads_to_the_url(name: str, kind: str, server: Server, tmp_path: Path) -> None:
    check(kind, server, f"{server.url}{PATH}", ANSWERS[name], tmp_path / "file")


@pytest.mark.slow
@pytest.mark.parametrize("name", URLS)
def test_no_error_shows_an_unusable_url(name: str, kind: str, server: Server, tmp_path: Path) -> None:
    check(kind, server, URLS[name], b"unused", tmp_path / "file")
