"""With a data folder nothing that was accepted is lost, however the server ends."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from rescalehtc.local import LocalServer
from rescalehtc.local._state.store import SCHEMA_VERSION
from tests.support.leftovers import is_alive

from ..conftest import read_ready_lines
from ..services.storage_client import read

pytestmark = pytest.mark.slow


class Process:
    """A server in a process of its own, which can be killed."""

    def __init__(self, data: Path, *options: str) -> None:
        command = [sys.executable, "-m", "rescalehtc.local", "--data", str(data), "--speed", "100", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        variables = read_ready_lines(self.process.stdout)
        self.url, self.api_key = variables["RESCALE_HTC_API_URL"], variables["RESCALE_API_TOKEN"]
        self.http = httpx.Client(base_url=self.url + "/", timeout=60)
        answer = self.http.get("auth/token", headers={"Authorization": f"Token {self.api_key}"})
        self.http.headers["Authorization"] = f"Bearer {answer.json()['tokenValue']}"

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.end()

    def end(self) -> None:
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.http.close()


@pytest.fixture
def processes() -> Iterator[list[Process]]:
    begun: list[Process] = []
    yield begun
    for each in begun:
        if each.process.poll() is None:
            each.kill()


def test_everything_is_there_after_a_restart(start: Any, tmp_path: Path) -> None:
    htc = start(data=tmp_path)
    project = htc.project()
    task = htc.task(project)
    htc.submit(task, "sh", "-c", "echo hello; echo kept > $TASK_SHARED_FOLDER/file", size=3, group="g")
    jobs = htc.finish(task)
    htc.post(f"{project}/limits", {"modifierRole": "PROJECT_ADMIN", "vCPUs": 3})
    htc.call("PUT", f"{project}/task-retention-policy", json={"archiveAfter": 9, "deleteAfter": 9})
    htc.post(f"{project}/container-registry/repo/solver")
    htc.server.clock.advance(1000)
    now = htc.server.clock.now()
    paths = ["htc/projects", project, task, f"{task}/jobs", f"{task}/groups", f"{project}/limits"]
    paths += [f"{project}/task-retention-policy", f"{project}/container-registry/images", f"{task}/summary-statistics"]
    paths += [f"{htc.path(jobs[1])}/logs", f"{htc.path(jobs[1])}/events"]
    before = {path: htc.get(path) for path in paths}
    url = htc.get(f"{task}/storage/presigned-url", filePath="more")["url"]
    key, token, refresh = htc.server.api_key, htc.token, htc.server.refresh_token
    htc.server.stop()
    again = start(data=tmp_path)
    assert again.server.api_key == key
    assert again.server.refresh_token == refresh
    assert again.server.clock.now() >= now
    again.http.headers["Authorization"] = f"Bearer {token}"
    for path in paths:
        assert str(again.get(path)).replace(again.netloc, htc.netloc) == str(before[path])
    moved = httpx.URL(url).copy_with(port=httpx.URL(again.server.url).port)
    assert httpx.put(moved, content=b"more").status_code == 200
    assert read(again, task, "file") == b"kept\n"


def test_a_restart_may_set_a_new_key(start: Any, tmp_path: Path) -> None:
    first = start(data=tmp_path, api_key="the first key")
    first.server.stop()
    second = start(data=tmp_path, api_key="another key")
    second.call("GET", "auth/token", 401, headers={"Authorization": "Token the first key"})


def test_jobs_that_ran_are_found_dead_and_those_that_waited_run(processes: list[Process], tmp_path: Path) -> None:
    server = Process(tmp_path, "--workers", "2")
    processes.append(server)
    made = server.http.post("htc/projects", json={"projectName": "p", "projectDescription": "-"}).json()
    path = f"htc/projects/{made['projectId']}/tasks"
    task = server.http.post(path, json={"taskName": "t", "taskDescription": "-"}).json()["taskId"]
    path = f"{path}/{task}"
    # The first attempt of each job would last forever.
    script = "n=$TASK_SHARED_FOLDER/$AWS_BATCH_JOB_ARRAY_INDEX; [ -e $n ] && exit 0; echo $$ > $n.pid; touch $n; {}"

    def submit(size: int, retries: int, end: str) -> None:
        definition = {"imageName": "x", "commands": ["sh", "-c", script.format(end)]}
        batch = {"batchSize": size, "htcJobDefinition": definition, "retryStrategy": {"maxRetries": retries}}
        server.http.post(f"{path}/jobs/batch", json=[batch]).raise_for_status()

    submit(1, 0, "sleep 600")
    shared = tmp_path / "storage" / f"projects/{made['projectId']}/tasks/{task}"
    while not (shared / "0").exists():
        time.sleep(0.01)
    pid = int((shared / "0.pid").read_text())
    submit(3, 1, "exit 0")
    while server.http.get(f"{path}/summary-statistics").json()["jobStatuses"]["RUNNING"] < 1:
        time.sleep(0.01)
    server.kill()

    again = Process(tmp_path, "--workers", "2")
    processes.append(again)
    while is_alive(pid):  # the launcher kills it, or the next start does
        time.sleep(0.01)
    while True:
        jobs = again.http.get(f"{path}/jobs").json()["items"]
        if all(job["status"] in ("SUCCEEDED", "FAILED") for job in jobs):
            break
        time.sleep(0.01)
    assert [job["status"] for job in jobs] == ["FAILED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED"]
    assert jobs[0]["failureCode"] == "ErrorInfrastructureFault"
    assert "stopped" in jobs[0]["statusReason"]


def test_a_folder_serves_one_server_at_a_time(tmp_path: Path) -> None:
    with LocalServer(data=tmp_path) as first:
        with pytest.raises(Exception, match="another server is using it"):
            LocalServer(data=tmp_path).start()
        answer = httpx.get(f"{first.url}/auth/token", headers={"Authorization": f"Token {first.api_key}"})
        assert answer.status_code == 200


def test_a_database_of_another_kind_is_refused(tmp_path: Path) -> None:
    LocalServer(data=tmp_path).start().stop()
    (tmp_path / "state.sqlite3").write_text("this is no database " * 100)
    with pytest.raises(Exception, match="not a database"):
        LocalServer(data=tmp_path).start()


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    LocalServer(data=tmp_path).start().stop()
    with sqlite3.connect(tmp_path / "state.sqlite3") as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    db.close()
    with pytest.raises(Exception, match="newer version"):
        LocalServer(data=tmp_path).start()


def test_nobody_else_may_read_the_folder(tmp_path: Path) -> None:
    with LocalServer(data=tmp_path / "made"):
        assert (tmp_path / "made").stat().st_mode & 0o077 == 0
        assert (tmp_path / "made" / "state.sqlite3").stat().st_mode & 0o077 == 0
