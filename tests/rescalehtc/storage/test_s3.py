"""The path to the provider against a real S3 API with the real client: no fakes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from rescalehtc import HtcSession, filesystem, storage
from rescalehtc.exceptions import HtcStorageError

boto3 = pytest.importorskip("boto3")
moto_server = pytest.importorskip("moto.server")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Your installed version of s3fs:UserWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
TASK = SimpleNamespace(project_id="p", task_id="t")
PREFIX = "projects/p/tasks/t/"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = moto_server.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


class Api:
    """Says where the storage is, and counts how often it is asked."""

    def __init__(self) -> None:
        self.tokens = 0
        self.expiration = ""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path.endswith("/auth/token"):
            return httpx.Response(200, json={"tokenValue": "e30.e30.token", "expiresIn": 21600})
        if path.endswith("/storage/token"):
            self.tokens += 1
            credentials = {
                "AWS_ACCESS_KEY_ID": f"key{self.tokens}",
                "AWS_SECRET_ACCESS_KEY": "hidden-secret",
                "AWS_SESSION_TOKEN": "hidden-token",
            }
            return httpx.Response(
                200,
                json={
                    "provider": "AWS",
                    "region": "AWS_US_EAST_1",
                    "storageName": "bucket",
                    "projectSharedStoragePath": "s3://bucket/projects/p/",
                    "credentials": credentials,
                    "expiration": self.expiration,
                },
            )
        assert path.endswith("/tasks/t"), path
        task = {"taskId": "t", "taskName": "n", "taskDescription": "d", "taskFolderPath": PREFIX}
        return httpx.Response(200, json=task)


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def session(api: Api, endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[HtcSession]:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", endpoint)
    monkeypatch.setenv("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required")
    client = boto3.client("s3", "us-east-1", endpoint_url=endpoint, aws_access_key_id="a", aws_secret_access_key="b")
    client.create_bucket(Bucket="bucket")
    yield HtcSession(
        api_key="key-0123456789abcdef",
        base_url="https://htc.example.com/api",
        http_client=httpx.Client(transport=httpx.MockTransport(api)),
    )
    while keys := [each["Key"] for each in client.list_objects_v2(Bucket="bucket").get("Contents", ())]:
        client.delete_objects(Bucket="bucket", Delete={"Objects": [{"Key": key} for key in keys]})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "deep/er/ü b.txt", "deep/c.bin"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode() * 10)
    return tmp_path / "in"


def test_one_file_in_parts(session: HtcSession, tmp_path: Path) -> None:
    data = os.urandom(12_000_000)  # boto3 takes more than 8 MiB apart
    (tmp_path / "big").write_bytes(data)
    storage.upload_folder(session, TASK, tmp_path, "sub")
    assert [(file.path, file.size_bytes, file.md5) for file in storage.list_files(session, TASK)] == [
        ("sub/big", 12_000_000, None)
    ]
    path = storage.download_file(session, TASK, "sub/big", tmp_path / "back")
    assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(data).digest()


def test_a_folder_there_and_back_with_one_credential(
    session: HtcSession, api: Api, folder: Path, tmp_path: Path
) -> None:
    seen: list[int] = []
    sent = storage.upload_folder(session, TASK, folder, "cases", on_file=lambda file: seen.append(file.number))
    assert [file.path for file in sent] == ["cases/a.txt", "cases/deep/c.bin", "cases/deep/er/ü b.txt"]
    assert sorted(seen) == [1, 2, 3]
    assert api.tokens == 1
    storage.download_folder(session, TASK, "cases", tmp_path / "out")
    assert api.tokens == 2
    for path in folder.rglob("*.*"):
        assert (tmp_path / "out" / path.relative_to(folder)).read_bytes() == path.read_bytes()


def test_what_is_there_is_skipped_unless_it_differs(session: HtcSession, folder: Path, tmp_path: Path) -> None:
    storage.upload_folder(session, TASK, folder)
    (folder / "a.txt").write_bytes(b"b.txt" * 10)  # the same length
    assert [file.path for file in storage.upload_folder(session, TASK, folder) if not file.skipped] == ["a.txt"]
    storage.download_folder(session, TASK, "", tmp_path / "out")
    (tmp_path / "out/deep/c.bin").write_bytes(b"x")
    again = storage.download_folder(session, TASK, "", tmp_path / "out")
    assert [file.path for file in again if not file.skipped] == ["deep/c.bin"]
    assert (tmp_path / "out/a.txt").read_bytes() == b"b.txt" * 10


def test_expired_credentials_are_renewed_and_nothing_is_done_twice(
    session: HtcSession, api: Api, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from botocore.client import BaseClient
    from botocore.exceptions import ClientError

    from rescalehtc import storage as module

    monkeypatch.setattr(module, "_SHORTEST_VALIDITY", 0.0)
    real, puts = BaseClient._make_api_call, []  # type: ignore[attr-defined]

    def call(self: Any, name: str, arguments: Any) -> Any:
        # moto does not expire credentials; the store's answer is that of AWS.
        if name == "PutObject":
            if api.tokens == 1 and puts:
                error = {"Error": {"Code": "ExpiredToken", "Message": "The provided token has expired. hidden-token"}}
                raise ClientError(error, name)  # type: ignore[arg-type]
            puts.append(arguments["Key"])
        return real(self, name, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", call)
    sent = storage.upload_folder(session, TASK, folder, concurrency=1, skip_existing=False)
    assert len(sent) == 3
    assert api.tokens == 2
    assert sorted(puts) == sorted({PREFIX + file.path for file in sent})


def test_a_missing_file(session: HtcSession, tmp_path: Path) -> None:
    with pytest.raises(HtcStorageError, match="404") as caught:
        storage.download_file(session, TASK, "none", tmp_path / "none")
    assert "hidden" not in f"{caught.value!r}"
    assert not (tmp_path / "none").exists()


def test_options_for_other_libraries(session: HtcSession, folder: Path) -> None:
    found = storage.options(session, TASK)
    assert found.url == f"s3://bucket/{PREFIX}"
    assert found.fsspec["key"] == "key1"
    assert found.polars["aws_region"] == "us-east-1"
    assert "hidden" not in repr(found)


def test_a_file_system_for_pandas(
    session: HtcSession, api: Api, endpoint: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("s3fs")
    pandas = pytest.importorskip("pandas")
    storage.upload_folder(session, TASK, folder)
    files = filesystem.filesystem(session, TASK)
    assert sorted(files.glob("**/*.txt")) == ["a.txt", "deep/er/ü b.txt"]
    with files.open("frame.csv", "w") as file:
        pandas.DataFrame({"x": [1, 2]}).to_csv(file, index=False)
    with files.open("frame.csv") as file:
        assert pandas.read_csv(file)["x"].tolist() == [1, 2]
    files.get("deep/", str(tmp_path / "got"), recursive=True)
    assert (tmp_path / "got" / "c.bin").exists()
    before = api.tokens
    files.exists("a.txt")
    assert api.tokens == before
    api.expiration = "2020-01-01T00:00:00Z"
    expired = filesystem.filesystem(session, TASK)
    before = api.tokens
    expired.exists("a.txt")
    assert api.tokens > before
