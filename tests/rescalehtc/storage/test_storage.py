"""Files reach the storage and come back, and no message shows credentials."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from rescalehtc import aio, api, htcjobs, storage
from rescalehtc._http.settings import Settings
from rescalehtc._storage import locations, presigned
from rescalehtc.exceptions import HtcException, HtcMissingExtraError, HtcStorageError
from rescalehtc.observers import Attempt
from rescalehtc_generated.models import PresignedPutUrlResponse, StorageAccessToken


def skip_pauses(monkeypatch: pytest.MonkeyPatch, pauses: list[float]) -> None:
    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(storage, "pause", pauses.append)
    monkeypatch.setattr(aio.storage, "pause", pause)


class TestLocalServer:
    @pytest.mark.slow
    @pytest.mark.parametrize("content", [b"", b"angle=5\n", bytes(range(256)) * 20_000], ids=["empty", "small", "big"])
    @pytest.mark.parametrize("of_task", [False, True], ids=["project", "task"])
    def test_upload_and_download(
        self, files: Any, project: Any, real_task: Any, tmp_path: Path, content: bytes, of_task: bool
    ) -> None:
        target = real_task if of_task else project
        (tmp_path / "in").write_bytes(content)
        assert files.upload_file(target, tmp_path / "in", "runs/ümläut 1.dat") == "runs/ümläut 1.dat"
        path = files.download_file(target, "runs/ümläut 1.dat", tmp_path / "out")
        assert path.read_bytes() == content

    @pytest.mark.slow
    def test_a_job_finds_what_was_uploaded_and_leaves_a_result(
        self, session: Any, files: Any, real_task: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "in").write_text("5")
        files.upload_file(real_task, tmp_path / "in", "input")
        command = 'echo $(( $(cat "$TASK_SHARED_FOLDER/input") * 2 )) > "$TASK_SHARED_FOLDER/output"'
        job = htcjobs.create_single_job(
            session, real_task, "ON_DEMAND_ECONOMY", "solver:latest", 600, commands=["sh", "-c", command]
        )
        from rescalehtc import wait

        wait(session, job, raise_on_failure=True, min_interval_seconds=0.02)
        monkeypatch.chdir(tmp_path)
        assert files.download_file(real_task, "output") == Path("output")
        assert (tmp_path / "output").read_text() == "10\n"

    @pytest.mark.slow
    def test_a_missing_file_leaves_nothing_behind(self, files: Any, project: Any, tmp_path: Path) -> None:
        with pytest.raises(HtcStorageError, match="Not Found") as caught:
            files.download_file(project, "none", tmp_path / "out")
        assert caught.value.status_code == 404
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("path", ["", "..", "a/../../b", "/", "a\0b", "..\\x"])
    def test_paths_outside_the_folder_are_refused(self, files: Any, project: Any, tmp_path: Path, path: str) -> None:
        (tmp_path / "in").write_text("5")
        for call in (
            lambda: files.upload_file(project, tmp_path / "in", path),
            lambda: files.download_file(project, path, tmp_path / "out"),
        ):
            with pytest.raises(ValueError, match="does not name a file"):
                call()

    @pytest.mark.slow
    def test_a_listing(self, files: Any, project: Any, tmp_path: Path) -> None:
        (tmp_path / "in").write_bytes(b"12345")
        assert files.list_files(project) == []
        for name in ("a/b", "a/c", "b"):
            files.upload_file(project, tmp_path / "in", name)
        assert [(file.path, file.size_bytes) for file in files.list_files(project)] == [
            ("a/b", 5),
            ("a/c", 5),
            ("b", 5),
        ]
        (one,) = files.list_files(project, "a/c")
        assert one.modified_at is not None
        assert one.md5 is None  # of files that jobs write nobody has one

    @pytest.mark.slow
    def test_a_given_region_goes_through_the_provider(
        self, server: Any, session: Any, files: Any, real_task: Any, tmp_path: Path
    ) -> None:
        (tmp_path / "in").write_bytes(b"5")
        region = api.get_htc_projects_storage_token(session, real_task.project_id).region
        files.upload_file(real_task, tmp_path / "in", "a/b", region=region)
        assert files.download_file(real_task, "a/b", tmp_path / "out", region=region).read_bytes() == b"5"
        assert server.requests.count("getTaskRegionStorageToken") == 2
        assert not server.requests.count("getTaskPresignedUrl")

    @pytest.mark.slow
    def test_a_file_too_large_for_a_url(
        self, server: Any, files: Any, real_task: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(presigned, "LARGEST", 3)
        (tmp_path / "in").write_bytes(b"four")
        files.upload_file(real_task, tmp_path / "in")
        assert not server.requests.count("getTaskPresignedUrl")
        assert files.download_file(real_task, "in", tmp_path / "out").read_bytes() == b"four"

    @pytest.mark.slow
    @pytest.mark.parametrize("fault", ["cut_before", "cut_during", "status"])
    def test_an_incomplete_download_leaves_the_old_file(
        self, server: Any, files: Any, project: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
    ) -> None:
        (tmp_path / "in").write_bytes(b"x" * 100_000)
        files.upload_file(project, tmp_path / "in")
        (tmp_path / "out").write_bytes(b"good")
        options = {"status": 403} if fault == "status" else {}
        server.faults.add(fault, "getFile", times=None, **options)
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        with pytest.raises(HtcStorageError) as caught:
            files.download_file(project, "in", tmp_path / "out")
        assert "SECRET" not in "".join(traceback.format_exception(caught.value))
        assert (tmp_path / "out").read_bytes() == b"good"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]

    @pytest.mark.slow
    def test_the_users_own_credentials_stay_away(
        self, files: Any, project: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAOWN")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "own")
        monkeypatch.setenv("AWS_SESSION_TOKEN", "own")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-north-1")
        assert files.list_files(project) == []

    @pytest.mark.slow
    def test_a_temporary_failure_is_retried(
        self, files: Any, project: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tries: list[str] = []
        real = presigned.put

        def put(settings: Settings, url: presigned.PresignedUrl, path: Path) -> None:
            tries.append(url.text)
            if len(tries) < 3:
                raise presigned.TransientStorageError("The storage answered 503.", 503)
            real(settings, url, path)

        pauses: list[float] = []
        monkeypatch.setattr(presigned, "put", put)
        skip_pauses(monkeypatch, pauses)
        (tmp_path / "in").write_text("5")
        seen: list[Attempt] = []
        files.with_options(observer=seen.append).upload_file(project, tmp_path / "in")
        assert len(tries) == 3
        assert pauses == [1.0, 2.0]
        sent = [attempt for attempt in seen if attempt.method == "PUT"]
        assert [(attempt.status, attempt.number, attempt.next_delay) for attempt in sent] == [
            (503, 1, 1.0),
            (503, 2, 2.0),
            (200, 3, None),
        ]
        assert all(attempt.path.endswith("/in") and "Signature" not in repr(attempt) for attempt in sent)

    @pytest.mark.slow
    def test_retries_end(self, files: Any, project: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        skip_pauses(monkeypatch, [])
        (tmp_path / "in").write_text("5")
        url = presigned.PresignedUrl("http://127.0.0.1:9/secret?signature=hush")
        seen: list[Attempt] = []
        monkeypatch.setattr(presigned, "url_of", lambda answer, base: url)
        with pytest.raises(HtcStorageError, match="cannot be reached") as caught:
            files.with_options(observer=seen.append).upload_file(project, tmp_path / "in")
        assert "hush" not in "".join(traceback.format_exception(caught.value)) + repr(seen)
        assert (seen[-1].status, seen[-1].error_type) == (None, "HtcStorageError")


class TestPresignedUrl:
    def test_a_string_or_its_parts(self) -> None:
        as_text = PresignedPutUrlResponse.from_dict({"url": "https://store.example/a?x=1"})
        as_parts = PresignedPutUrlResponse.from_dict(
            {"url": {"protocol": "https", "authority": "store.example", "file": "/a?x=1"}}
        )
        as_host = PresignedPutUrlResponse.from_dict(
            {"url": {"protocol": "https", "host": "store.example", "port": -1, "file": "/a?x=1"}}
        )
        for answer in (as_text, as_parts, as_host):
            assert presigned.url_of(answer, "https://htc.example").text == "https://store.example/a?x=1"

    @pytest.mark.parametrize(
        "url", ["http://store.example/a", "file:///etc/passwd", "", "ftp://store.example/a", {"protocol": "https"}]
    )
    def test_only_encrypted_ones(self, url: Any) -> None:
        with pytest.raises(HtcStorageError, match=r"presigned URL"):
            presigned.url_of(PresignedPutUrlResponse.from_dict({"url": url}), "https://htc.example")


TOKEN = {
    "provider": "AWS",
    "region": "AWS_US_EAST_2",
    "storageName": "bucket",
    "projectSharedStoragePath": "s3://bucket/projects/p1/shared/",
    "credentials": {
        "AWS_ACCESS_KEY_ID": "id-hush",
        "AWS_SECRET_ACCESS_KEY": "secret-hush",
        "AWS_SESSION_TOKEN": "session-hush",
    },
}


class FakeGcs:
    """What is used of google-cloud-storage's client."""

    def __init__(self) -> None:
        self.objects: dict[tuple[str, str], bytes] = {}
        self.token = ""

    def bucket(self, bucket: str) -> Any:
        def blob(name: str) -> Any:
            def upload_from_filename(path: str) -> None:
                self.objects[bucket, name] = Path(path).read_bytes()

            def download_to_file(file: Any) -> None:
                file.write(self.objects[bucket, name])

            return SimpleNamespace(upload_from_filename=upload_from_filename, download_to_file=download_to_file)

        return SimpleNamespace(blob=blob)

    def list_blobs(self, bucket: str, prefix: str) -> Any:
        return [
            SimpleNamespace(name=name, size=len(content), updated=None, md5_hash=None)
            for (place, name), content in self.objects.items()
            if place == bucket and name.startswith(prefix)
        ]


@pytest.fixture
def gcs(monkeypatch: pytest.MonkeyPatch) -> FakeGcs:
    fake = FakeGcs()

    def client(project: str, credentials: str) -> FakeGcs:
        fake.token = credentials
        return fake

    modules = {
        "google": ModuleType("google"),
        "google.cloud": ModuleType("google.cloud"),
        "google.oauth2": ModuleType("google.oauth2"),
        "google.cloud.storage": ModuleType("google.cloud.storage"),
        "google.oauth2.credentials": ModuleType("google.oauth2.credentials"),
    }
    modules["google.cloud.storage"].Client = client  # type: ignore[attr-defined]
    modules["google.oauth2.credentials"].Credentials = str  # type: ignore[attr-defined]
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    return fake


class CloudSession:
    """A session with a service in the cloud."""

    settings = Settings.read(base_url="https://htc.example/api/v1")

    def __init__(self, token: dict[str, Any]) -> None:
        self.token = token
        self.calls: list[str] = []

    def send(self, call: Any) -> Any:
        self.calls.append(call.target)
        if "storage/token" in call.target:
            return StorageAccessToken.from_dict(self.token)
        assert call.route.operation_id == "getTask"
        return SimpleNamespace(task_folder_path="projects/p1/tasks/t1")


class TestProviders:
    def test_gcs(self, gcs: FakeGcs, task: Any, tmp_path: Path) -> None:
        credentials = {"GCP_ACCESS_TOKEN": "hush", "EXPIRY": "soon"}
        session: Any = CloudSession({**TOKEN, "provider": "GCP", "credentials": credentials})
        (tmp_path / "in").write_bytes(b"5")
        storage.upload_file(session, task, tmp_path / "in", "a/b", region="GCP_US_CENTRAL1")
        assert gcs.objects == {("bucket", "projects/p1/tasks/t1/a/b"): b"5"}
        assert gcs.token == "hush"
        assert storage.download_file(session, task, "a/b", tmp_path / "out").read_bytes() == b"5"
        assert [file.path for file in storage.list_files(session, task)] == ["a/b"]

    @pytest.mark.usefixtures("gcs")
    def test_options_on_google_cloud(self, task: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        session: Any = CloudSession({**TOKEN, "provider": "GCP", "credentials": {"GCP_ACCESS_TOKEN": "hush"}})
        # An object of Google's own, because gcsfs takes a text for the name of a file.
        monkeypatch.setattr(
            sys.modules["google.oauth2.credentials"], "Credentials", lambda token: ["credentials", token]
        )
        found = storage.options(session, task)
        assert found.url == "gs://bucket/projects/p1/tasks/t1/"
        assert found.fsspec == {"token": ["credentials", "hush"]}
        assert found.polars == {"token": "hush"}
        assert found.pyarrow == {"access_token": "hush"}
        assert "hush" not in repr(found)
        monkeypatch.setitem(sys.modules, "google.oauth2.credentials", None)
        assert storage.options(session, task).fsspec == {"token": "hush"}

    def test_a_session_that_does_not_know_its_service(self, task: Any) -> None:
        with pytest.raises(HtcException, match="HtcSession"):
            storage.list_files(SimpleNamespace(), task)  # type: ignore[arg-type]

    @pytest.mark.slow
    def test_credentials_are_never_shown(self, task: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://secret-hush.invalid/session-hush")
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        session: Any = CloudSession(TOKEN)
        (tmp_path / "in").write_bytes(b"5")
        with pytest.raises(HtcStorageError, match="EndpointConnectionError") as caught:
            storage.upload_file(session, task, tmp_path / "in", region="AWS_US_EAST_2")
        assert "hush" not in "".join(traceback.format_exception(caught.value))
        assert "hush" not in repr(locations.StorageLocation.of(StorageAccessToken.from_dict(TOKEN), None))

    def test_a_missing_file_is_reported_as_such(self, task: Any, tmp_path: Path) -> None:
        session: Any = CloudSession(TOKEN)
        with pytest.raises(FileNotFoundError):
            storage.upload_file(session, task, tmp_path / "none", region="AWS_US_EAST_2")

    @pytest.mark.parametrize(
        "change",
        [
            {"provider": "AZURE"},
            {"provider": None},
            {"storageName": None, "projectSharedStoragePath": None},
            {"credentials": {}},
            {"provider": "GCP", "credentials": {"A_TOKEN": "1", "B_TOKEN": "2"}},
        ],
    )
    @pytest.mark.usefixtures("gcs")
    def test_unknown_credentials(self, task: Any, change: dict[str, Any]) -> None:
        with pytest.raises(HtcStorageError):
            storage.list_files(CloudSession({**TOKEN, **change}), task)  # type: ignore[arg-type]

    @pytest.mark.parametrize(("provider", "extra"), [("AWS", "aws"), ("GCP", "gcp")])
    def test_a_library_that_is_missing(
        self, task: Any, monkeypatch: pytest.MonkeyPatch, provider: str, extra: str
    ) -> None:
        monkeypatch.setitem(sys.modules, "boto3", None)
        monkeypatch.setitem(sys.modules, "google.cloud.storage", None)
        with pytest.raises(HtcMissingExtraError, match=rf'pip install "rescalehtc\[{extra}\]"') as caught:
            storage.list_files(CloudSession({**TOKEN, "provider": provider}), task)  # type: ignore[arg-type]
        assert isinstance(caught.value, ImportError)
        assert isinstance(caught.value, HtcException)


@pytest.mark.slow
def test_an_error_of_the_api_is_raised(server: Any, session: Any, files: Any, project: Any, tmp_path: Path) -> None:
    (tmp_path / "in").write_text("5")
    server.faults.add("status", "getProjectPresignedUrl", status=403)
    with pytest.raises(HtcException) as caught:
        files.upload_file(project, tmp_path / "in")
    assert caught.value.status_code == 403
    assert api.get_htc_projects(session)
