"""A presigned URL is a credential: no error shows it, nor anything that the error is chained to."""

from __future__ import annotations

import asyncio
import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rescalehtc import AsyncHtcSession, HtcSession, aio, storage
from rescalehtc.exceptions import HtcStorageError
from tests.support.call_fixtures import kind, server
from tests.support.raw_server import Server, answer
from tests.support.scripted import KEY

__all__ = ["kind", "server"]

SECRET = "hush0123456789"
PROJECT: Any = SimpleNamespace(project_id="p")
ANSWERS = {
    "nothing": b"",
    "no HTTP": b"noise\r\n\r\n",
    "cut off": b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\nconnection: close\r\n\r\n1",
    "refused": answer(b"<Error>hush0123456789</Error>", "403 Forbidden"),
    "too busy": answer(b"hush0123456789", "503 Slow Down"),
    "elsewhere": answer(b"", "302 Found", location="https://a.example/?X-Amz-Signature=hush0123456789"),
    "a part": answer(b"1", "206 Partial Content"),
}


def chained(error: BaseException) -> Iterator[BaseException]:
    todo: list[BaseException | None] = [error]
    seen: set[int] = set()
    while todo:
        each = todo.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            yield each
            todo += [each.__cause__, each.__context__]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "_ATTEMPTS", 1)
    monkeypatch.setattr(aio.storage, "_ATTEMPTS", 1)


@pytest.mark.parametrize("name", ANSWERS)
def test_no_error_leads_to_the_url(name: str, kind: str, server: Server, tmp_path: Path) -> None:
    def handler(head: bytes, body: bytes) -> bytes:
        if b"hush" in head.split(b"\r\n")[0]:
            return ANSWERS[name]
        return answer(json.dumps({"url": f"{server.url}/file?X-Amz-Signature={SECRET}"}).encode())

    async def download() -> None:
        async with AsyncHtcSession(api_key=KEY, base_url=server.url, timeout=5) as session:
            await aio.storage.download_file(session, PROJECT, "f", path)

    def download_sync() -> None:
        with HtcSession(api_key=KEY, base_url=server.url, timeout=5) as session:
            storage.download_file(session, PROJECT, "f", path)

    server.handler = handler
    path = tmp_path / "file"
    path.write_bytes(b"good")
    with pytest.raises(HtcStorageError) as caught:
        download_sync() if kind == "sync" else asyncio.run(download())
    for each in chained(caught.value):
        assert SECRET not in f"{each} {each!r} {each.args!r} {vars(each)!r}"
        assert getattr(each, "_request", None) is None, "the request of the HTTP library holds the URL"
    assert SECRET.encode() not in pickle.dumps(caught.value)
    assert path.read_bytes() == b"good"
