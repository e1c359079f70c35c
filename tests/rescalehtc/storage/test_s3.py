"""The path to the provider against a real S3 API with the real client: no fakes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from rescalehtc import HtcSession, aio, filesystem, htcprojects, htctasks, storage
from rescalehtc.exceptions import HtcStorageError
from rescalehtc.local import LocalServer
from tests.support.both_kinds import OpenStudy, Study

boto3 = pytest.importorskip("boto3")
moto_server = pytest.importorskip("moto.server")

from botocore.client import BaseClient  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402

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
                    "expiration": "",
                },
            )
        assert path.endswith("/tasks/t"), path
        task = {"taskId": "t", "taskName": "n", "taskDescription": "d", "taskFolderPath": PREFIX}
        return httpx.Response(200, json=task)


class Store:
    """A task with its storage behind a real S3 API."""

    session: HtcSession
    files: Study
    task: Any
    prefix: str

    @property
    def tokens(self) -> int:
        """How many credentials were fetched."""
        raise NotImplementedError

    def expire(self) -> None:
        """Let the credentials expire."""
        raise NotImplementedError


class MotoStore(Store):
    """moto does not expire credentials; the store's answer is that of AWS."""

    def __init__(self, api: Api, files: Study) -> None:
        self.api, self.files, self.task, self.prefix = api, files, TASK, PREFIX
        self.expired = 0

    @property
    def tokens(self) -> int:
        return self.api.tokens

    def expire(self) -> None:
        self.expired = self.api.tokens


class LocalStore(Store):
    def __init__(self, server: LocalServer, session: HtcSession, files: Study) -> None:
        self.server, self.session, self.files = server, session, files
        project = htcprojects.create_project_with_name(session, "wings", "for a test")
        self.task = htctasks.create_task_with_name(session, project, "sweep")
        self.prefix = self.task.json["taskFolderPath"].strip("/") + "/"

    @property
    def tokens(self) -> int:
        return self.server.requests.count("getTaskStorageToken")

    def expire(self) -> None:
        self.server.clock.advance(4000)


@pytest.fixture(params=["moto", "local server"])
def store(request: pytest.FixtureRequest, open_study: OpenStudy, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    if request.param == "moto":
        yield from moto_store(request.getfixturevalue("endpoint"), open_study, monkeypatch)
        return
    with (
        LocalServer() as server,
        HtcSession(api_key=server.api_key, base_url=server.url) as session,
        open_study(api_key=server.api_key, base_url=server.url) as study,
    ):
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", server.s3_url)
        yield LocalStore(server, session, study.storage)


def moto_store(endpoint: str, open_study: OpenStudy, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", endpoint)
    monkeypatch.setenv("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required")
    client = boto3.client("s3", "us-east-1", endpoint_url=endpoint, aws_access_key_id="a", aws_secret_access_key="b")
    client.create_bucket(Bucket="bucket")
    api = Api()
    transport = httpx.MockTransport(api)
    study = open_study(api_key="key-0123456789abcdef", base_url="https://htc.example.com/api", transport=transport)
    found = MotoStore(api, study.storage)
    real = BaseClient._make_api_call  # type: ignore[attr-defined]

    def call(self: Any, name: str, arguments: Any) -> Any:
        if found.expired == api.tokens:
            error = {"Error": {"Code": "ExpiredToken", "Message": "The provided token has expired. hidden-token"}}
            raise ClientError(error, name)  # type: ignore[arg-type]
        return real(self, name, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", call)
    yield found
    found.expired = -1
    while keys := [each["Key"] for each in client.list_objects_v2(Bucket="bucket").get("Contents", ())]:
        client.delete_objects(Bucket="bucket", Delete={"Objects": [{"Key": key} for key in keys]})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "deep/er/ü b.txt", "deep/c.bin"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode() * 10)
    return tmp_path / "in"


def test_one_file_in_parts(store: Store, tmp_path: Path) -> None:
    data = os.urandom(9_000_000)  # boto3 takes more than 8 MiB apart
    (tmp_path / "big").write_bytes(data)
    store.files.upload_folder(store.task, tmp_path, "sub")
    assert [(file.path, file.size_bytes, file.md5) for file in store.files.list_files(store.task)] == [
        ("sub/big", 9_000_000, None)
    ]
    path = store.files.download_file(store.task, "sub/big", tmp_path / "back")
    assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(data).digest()
    # By size and time, because there is no checksum.
    os.utime(path.rename(tmp_path / "big"), (2e9, 2e9))
    assert [file.skipped for file in store.files.download_folder(store.task, "sub", tmp_path)] == [True]
    os.utime(tmp_path / "big", (1e9, 1e9))
    assert [file.skipped for file in store.files.download_folder(store.task, "sub", tmp_path)] == [False]


def test_a_folder_there_and_back_with_one_credential(store: Store, folder: Path, tmp_path: Path) -> None:
    seen: list[int] = []
    sent = store.files.upload_folder(store.task, folder, "cases", on_file=lambda file: seen.append(file.number))
    assert [file.path for file in sent] == ["cases/a.txt", "cases/deep/c.bin", "cases/deep/er/ü b.txt"]
    assert sorted(seen) == [1, 2, 3]
    assert store.tokens == 1
    store.files.download_folder(store.task, "cases", tmp_path / "out")
    assert store.tokens == 2
    for path in folder.rglob("*.*"):
        assert (tmp_path / "out" / path.relative_to(folder)).read_bytes() == path.read_bytes()


def test_what_is_there_is_skipped_unless_it_differs(store: Store, folder: Path, tmp_path: Path) -> None:
    for path in folder.rglob("*.*"):
        os.utime(path, (1e9, 1e9))
    store.files.upload_folder(store.task, folder)
    (folder / "a.txt").write_bytes(b"b.txt" * 10)  # the same length
    os.utime(folder / "a.txt", (2e9, 2e9))
    again = store.files.upload_folder(store.task, folder)
    assert [file.path for file in again if not file.skipped] == ["a.txt"]
    store.files.download_folder(store.task, "", tmp_path / "out")
    (tmp_path / "out/deep/c.bin").write_bytes(b"x")
    again = store.files.download_folder(store.task, "", tmp_path / "out")
    assert [file.path for file in again if not file.skipped] == ["deep/c.bin"]
    assert (tmp_path / "out/a.txt").read_bytes() == b"b.txt" * 10


def test_expired_credentials_are_renewed_and_nothing_is_done_twice(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (storage, aio.storage):
        monkeypatch.setattr(module, "_SHORTEST_VALIDITY", 0.0)
    done: list[str] = []

    def on_file(file: storage.Transferred) -> None:
        done.append(file.path)
        if len(done) == 1:
            store.expire()

    options: Any = {"concurrency": 1, "skip_existing": False, "on_file": on_file}
    sent = store.files.upload_folder(store.task, folder, **options)
    assert store.tokens == 2
    assert sorted(done) == [file.path for file in sent] == ["a.txt", "deep/c.bin", "deep/er/ü b.txt"]


def test_credentials_that_expire_at_once_end_it(store: Store, folder: Path) -> None:
    with pytest.raises(HtcStorageError, match="Expired") as caught:
        store.files.upload_folder(store.task, folder, concurrency=1, on_file=lambda file: store.expire())
    assert "hidden" not in f"{caught.value!r}"
    assert store.tokens == 1


def test_a_missing_file(store: Store, tmp_path: Path) -> None:
    with pytest.raises(HtcStorageError, match="404") as caught:
        store.files.download_file(store.task, "none", tmp_path / "none")
    assert caught.value.status_code == 404
    assert "hidden" not in f"{caught.value!r}"
    assert not (tmp_path / "none").exists()


def test_options_for_other_libraries(store: Store) -> None:
    found = store.files.options(store.task)
    assert found.url.endswith("/" + store.prefix)
    assert found.fsspec["key"] == found.polars["aws_access_key_id"] == found.pyarrow["access_key"]
    assert found.polars["aws_region"]
    assert found.fsspec["secret"] not in repr(found)
    endpoint = f"{found.pyarrow['scheme']}://{found.pyarrow['endpoint_override']}"
    assert endpoint == os.environ["AWS_ENDPOINT_URL_S3"].rstrip("/")


@pytest.mark.parametrize("store", ["local server"], indirect=True)
@pytest.mark.parametrize("library", ["polars", "pyarrow.fs"])
def test_other_libraries_read_with_them(store: Store, library: str, tmp_path: Path) -> None:
    module = pytest.importorskip(library)
    file = tmp_path / "frame.csv"
    file.write_text("x\n1\n2\n")
    store.files.upload_file(store.task, file)
    found = store.files.options(store.task)
    url = found.url + "frame.csv"
    if library == "polars":
        assert module.read_csv(url, storage_options=dict(found.polars))["x"].sum() == 3
    else:
        files = module.S3FileSystem(**found.pyarrow)
        assert files.open_input_stream(url.removeprefix("s3://")).read() == file.read_bytes()


@pytest.mark.parametrize("store", ["local server"], indirect=True)
def test_a_file_system_for_pandas(store: Store, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("s3fs")
    pandas = pytest.importorskip("pandas")
    store.files.upload_folder(store.task, folder)
    files = filesystem.filesystem(store.session, store.task)
    assert sorted(files.glob("**/*.txt")) == ["a.txt", "deep/er/ü b.txt"]
    with files.open("frame.csv", "w") as file:
        pandas.DataFrame({"x": [1, 2]}).to_csv(file, index=False)
    with files.open("frame.csv") as file:
        assert pandas.read_csv(file)["x"].tolist() == [1, 2]
    files.get("deep/", str(tmp_path / "got"), recursive=True)
    assert (tmp_path / "got" / "c.bin").exists()
    files.put(str(folder) + "/", "copied/", recursive=True)
    assert files.cat("copied/deep/c.bin") == b"deep/c.bin" * 10
    files.rm("copied", recursive=True)
    assert not files.exists("copied/a.txt")
    # pandas opens URLs with the options, without the file system.
    found = store.files.options(store.task)
    assert pandas.read_csv(found.url + "frame.csv", storage_options=dict(found.fsspec))["x"].sum() == 3
    before = store.tokens
    files.exists("a.txt")
    assert store.tokens == before
    monkeypatch.setattr(filesystem, "_AHEAD", timedelta(days=1))
    monkeypatch.setattr(filesystem, "_UNKNOWN_VALIDITY", timedelta())
    expired = filesystem.filesystem(store.session, store.task)
    before = store.tokens
    expired.exists("a.txt")
    assert store.tokens > before
