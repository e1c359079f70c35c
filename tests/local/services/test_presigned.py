"""Storage: credentials, and presigned URLs for uploads and downloads."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from botocore.exceptions import ClientError

from .storage_client import read

pytestmark = pytest.mark.slow


def presign(htc: Any, place: str, path: str) -> str:
    answer = htc.get(f"{place}/storage/presigned-url", filePath=path)
    assert answer["storageName"]
    assert answer["expiration"]
    return answer["url"]


@pytest.mark.parametrize("path", ["a.txt", "deep/er/ü ß%2F?#&.bin", "/leading", "windows\\way"])
def test_what_is_uploaded_is_read_by_credentials(htc: Any, path: str) -> None:
    data = bytes(range(256)) * 10_000
    kept = path.lstrip("/").replace("\\", "/")
    for place in (htc.project(), htc.task()):
        url = presign(htc, place, path)
        with pytest.raises(ClientError, match="NoSuchKey"):
            read(htc, place, kept)
        for content in (data, iter([b"in ", b"chunks"]), b""):
            assert httpx.put(url, content=content).status_code == 200
            expected = content if isinstance(content, bytes) else b"in chunks"
            assert read(htc, place, kept) == expected
        for method in ("GET", "HEAD"):
            assert httpx.request(method, url).status_code == 403
        assert httpx.delete(url).status_code == 405
    assert not list(htc.server.folder.glob("upload-*"))


def test_jobs_and_clients_see_the_same_files(htc: Any) -> None:
    project = htc.project()
    task = htc.task(project)
    httpx.put(presign(htc, project, "in/p"), content=b"of the project").raise_for_status()
    httpx.put(presign(htc, task, "t"), content=b"of the task").raise_for_status()
    script = "cat $PROJECT_SHARED_FOLDER/in/p; echo; cat $TASK_SHARED_FOLDER/t; echo done > $TASK_SHARED_FOLDER/out"
    htc.submit(task, "sh", "-c", script)
    (job,) = htc.finish(task)
    assert htc.log(job) == ["of the project", "of the task"]
    assert read(htc, task, "out") == b"done\n"


def test_a_url_is_valid_for_one_file_and_one_hour(htc: Any) -> None:
    project = htc.project()
    url = presign(htc, project, "mine")
    httpx.put(url, content=b"x").raise_for_status()
    for wrong in (
        url.replace("/mine?", "/other?"),
        url.replace("/mine?", "/mine%2F..%2Fmine?"),
        url.replace("expires=", "expires=9"),
        url.partition("?")[0],
        url.replace("signature=", "signature=0"),
        url.partition("/storage/")[0] + "/storage/",
    ):
        assert httpx.put(wrong, content=b"y").status_code == 403
    assert read(htc, project, "mine") == b"x"
    htc.server.clock.advance(3601)
    assert httpx.put(url, content=b"y").status_code == 403


@pytest.mark.parametrize("path", ["..", "../x", "a/../../x", "a/b/../../../x", "..\\x", "\0", "x" * 300, ""])
def test_paths_that_lead_elsewhere_are_refused(htc: Any, path: str) -> None:
    htc.call("GET", f"{htc.project()}/storage/presigned-url", 400, params={"filePath": path})


def test_a_link_that_a_job_made_does_not_lead_out(htc: Any, tmp_path: Any) -> None:
    (tmp_path / "secret").write_text("not yours")
    task = htc.task()
    htc.submit(task, "ln", "-s", str(tmp_path), "way-out", workingDir=None)
    htc.submit(task, "sh", "-c", f"ln -s {tmp_path} $TASK_SHARED_FOLDER/way-out")
    htc.finish(task)
    with pytest.raises(ClientError, match="InvalidArgument"):
        read(htc, task, "way-out/secret")
    assert httpx.put(presign(htc, task, "way-out/secret"), content=b"y").status_code == 400
    assert (tmp_path / "secret").read_text() == "not yours"


def test_a_folder_is_not_a_file(htc: Any) -> None:
    project = htc.project()
    httpx.put(presign(htc, project, "a/b"), content=b"x").raise_for_status()
    assert httpx.put(presign(htc, project, "a"), content=b"x").status_code == 409
    assert httpx.put(presign(htc, project, "a/b/c"), content=b"x").status_code == 409
    with pytest.raises(ClientError, match="NoSuchKey"):
        read(htc, project, "a")


def test_an_interrupted_upload_leaves_nothing(htc: Any) -> None:
    project = htc.project()
    url = presign(htc, project, "half")

    def half():
        yield b"half"
        raise ConnectionError("the client dies")

    with pytest.raises(ConnectionError):
        httpx.put(url, content=half(), headers={"Content-Length": "100"})
    htc.until(lambda: not list(htc.server.folder.glob("upload-*")), "the removal of the half file")
    with pytest.raises(ClientError, match="NoSuchKey"):
        read(htc, project, "half")


def test_credentials(htc: Any) -> None:
    options = htc.get("htc/storage")
    region = options[-1]["region"]
    of_project = [options[0]["region"], region]
    project = htc.project(regions=of_project)
    task = htc.task(project)
    assert htc.get(f"htc/storage/region/{region}") == options[-1]
    for place in (project, task):
        token = htc.get(f"{place}/storage/token")
        assert set(token["credentials"]) == {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}
        assert token["projectSharedStoragePath"].startswith("s3://")
        assert htc.get(f"{place}/storage/token/{region}")["region"] == region
        htc.call("GET", f"{place}/storage/token/AZURE_US_WEST_2", 404)
        stores = htc.get(f"{place}/storage/tokens")
        assert [store["region"] for store in stores["regionStores"]] == of_project
        assert stores["defaultRegion"] == token["region"]
    regional = htc.get(f"{task}/storage/regional-storage")
    assert task.rpartition("/")[2] in regional["regionalStores"][0]["taskPath"]


def test_a_name_may_hold_a_line_break(htc: Any) -> None:
    task = htc.task()
    url = htc.get(f"{task}/storage/presigned-url", filePath="a\nb")["url"]
    assert httpx.put(url, content=b"x").status_code == 200
    assert read(htc, task, "a\nb") == b"x"
