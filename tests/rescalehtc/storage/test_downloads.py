"""A download replaces a file only when all of it came."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
from pathlib import Path

import pytest

from rescalehtc._http.settings import Settings
from rescalehtc._storage import presigned
from rescalehtc._utils.files import replacing
from rescalehtc.exceptions import HtcStorageError
from tests.support import call_fixtures
from tests.support.raw_server import Server, answer

raw = call_fixtures.server
CONTENT = b"x" * 200_000


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "results.csv"
    path.write_bytes(b"good")
    return path


@pytest.fixture
def settings(raw: Server) -> Settings:
    return Settings.read(base_url=raw.url, timeout=5)


def download(settings: Settings, raw: Server, target: Path, response: bytes) -> None:
    raw.handler = lambda *_: response
    with replacing(target) as file:
        presigned.get(settings, f"{raw.url}/file?signature=hush", file)


MD5 = base64.b64encode(hashlib.md5(CONTENT, usedforsecurity=False).digest()).decode()
SHA256 = base64.b64encode(hashlib.sha256(CONTENT).digest()).decode()
WRONG = base64.b64encode(b"0" * 32).decode()
BROKEN = {
    "cut off": answer(CONTENT).replace(CONTENT, CONTENT[:1_234]) + b"",
    "no length": b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" + CONTENT[:1_234],
    "chunks cut off": b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n5\r\nabcde\r\n",
    "no content": answer(b"", "204 No Content"),
    "a part": answer(CONTENT[:1_234], "206 Partial Content", content_range="bytes 0-1233/200000"),
    "compressed": answer(gzip.compress(CONTENT), content_encoding="gzip"),
    "wrong SHA-256": answer(CONTENT, x_amz_checksum_sha256=WRONG),
    "wrong MD5": answer(CONTENT, content_md5=SHA256),
    "wrong hash of Google": answer(CONTENT, x_goog_hash=f"crc32c=AAAAAA==,md5={WRONG}"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_an_incomplete_download_leaves_the_old_file(fault: str, settings: Settings, raw: Server, target: Path) -> None:
    response = BROKEN[fault]
    if fault == "cut off":
        response = response.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n", 1)
    with pytest.raises(HtcStorageError) as caught:
        download(settings, raw, target, response)
    assert "hush" not in str(caught.value)
    assert target.read_bytes() == b"good"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize(
    "response",
    [
        answer(CONTENT),
        answer(CONTENT, x_amz_checksum_sha256=SHA256),
        answer(CONTENT, content_md5=MD5),
        answer(CONTENT, x_goog_hash=f"crc32c=AAAAAA==,md5={MD5}"),
        answer(CONTENT, x_amz_checksum_sha256="c29tZXRoaW5n-3"),
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + b"30d40\r\n" + CONTENT + b"\r\n0\r\n\r\n",
    ],
    ids=["length", "SHA-256", "MD5", "hash of Google", "checksum of parts", "chunks"],
)
def test_a_complete_download_replaces_it(response: bytes, settings: Settings, raw: Server, target: Path) -> None:
    download(settings, raw, target, response)
    assert target.read_bytes() == CONTENT


def test_nothing_of_the_session_goes_along(settings: Settings, raw: Server) -> None:
    raw.handler = lambda *_: answer(b"1")
    presigned.get(settings, f"{raw.url}/file", io.BytesIO())
    assert b"authorization" not in raw.heads[0].lower()
