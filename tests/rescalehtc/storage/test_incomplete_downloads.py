"""An incomplete or damaged download never replaces a good file."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rescalehtc import storage
from rescalehtc._http.settings import Settings
from rescalehtc.exceptions import HtcStorageError
from rescalehtc_generated.models import StorageAccessToken

pytestmark = pytest.mark.slow

CONTENT = bytes(range(250)) * 800
PART = CONTENT[:1234]
TOKEN = {
    "provider": "AWS",
    "region": "AWS_US_EAST_2",
    "projectSharedStoragePath": "s3://bucket/projects/p1/",
    "credentials": {"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret"},
}
PROJECT: Any = SimpleNamespace(project_id="p1")


class Bucket(ThreadingHTTPServer):
    """Holds one file, and tells its length and checksum; answers a download as told."""

    daemon_threads = True
    answer: tuple[int, bytes, dict[str, str]] = (200, CONTENT, {})
    head: dict[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Bucket

    def do_HEAD(self) -> None:
        self._send(200, len(CONTENT), self.server.head)

    def do_GET(self) -> None:
        status, body, headers = self.server.answer
        self._send(status, len(body), {**self.server.head, **headers})
        self.wfile.write(body)

    def _send(self, status: int, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("content-length", str(length))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    with Bucket(("127.0.0.1", 0), Connection) as running:
        running.head = {"etag": f'"{hashlib.md5(CONTENT).hexdigest()}"'}
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", running.url)
        yield running
        running.shutdown()


class CloudSession:
    settings = Settings.read(base_url="https://htc.example/api/v1")

    def send(self, call: Any) -> StorageAccessToken:
        return StorageAccessToken.from_dict(TOKEN)


SESSION: Any = CloudSession()

WRONG: dict[str, tuple[int, bytes, dict[str, str]]] = {
    "too short": (200, PART, {}),
    "too long": (200, CONTENT + b"x", {}),
    "other content": (200, CONTENT[::-1], {}),
    "a part": (206, PART, {"content-range": "bytes 0-1233/200000"}),
    "nothing": (204, b"", {}),
    "compressed": (200, gzip.compress(PART), {"content-encoding": "gzip"}),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_old_file_stays(name: str, bucket: Bucket, tmp_path: Path) -> None:
    bucket.answer = WRONG[name]
    path = tmp_path / "file"
    path.write_bytes(b"good")
    with pytest.raises(HtcStorageError, match="The storage sent"):
        storage.download_file(SESSION, PROJECT, "file", path)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == b"good"


@pytest.mark.parametrize(
    "head",
    [
        {},
        {"etag": f'"{hashlib.md5(b"parts").hexdigest()}-2"'},
        {"etag": f'"{hashlib.md5(b"encrypted").hexdigest()}"', "x-amz-server-side-encryption": "aws:kms"},
        {"etag": f'"{hashlib.md5(CONTENT).hexdigest()}"', "x-amz-server-side-encryption": "AES256"},
    ],
    ids=["no checksum", "in parts", "encrypted with a key", "encrypted"],
)
def test_a_complete_file_is_accepted_with_any_metadata(head: dict[str, str], bucket: Bucket, tmp_path: Path) -> None:
    bucket.head = head
    assert storage.download_file(SESSION, PROJECT, "file", tmp_path / "file").read_bytes() == CONTENT
