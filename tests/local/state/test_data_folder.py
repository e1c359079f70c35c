"""The data folder: what it never touches, what it says of damage, and what is cleared after a kill."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from rescalehtc.local import LocalServer
from rescalehtc.local.__main__ import main

from ..conftest import read_ready_lines

pytestmark = pytest.mark.slow


def contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in [folder, *folder.rglob("*")]
    }


@pytest.mark.parametrize("names", [["jobs/1/result"], ["storage/x"], ["notes.txt"], ["state.sqlite3"], [".hidden"]])
def test_a_folder_with_other_things_is_refused_and_not_touched(
    tmp_path: Path, names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("mine")
    tmp_path.chmod(0o755)
    before = contents(tmp_path)
    assert main(["--data", str(tmp_path)]) == 2
    assert names[0].partition("/")[0] in capsys.readouterr().err
    assert contents(tmp_path) == before


def test_an_empty_folder_keeps_its_mode_and_others_may_not_read_what_is_in_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with LocalServer(data=tmp_path):
        assert tmp_path.stat().st_mode & 0o777 == 0o755
        for entry in tmp_path.iterdir():
            assert entry.stat().st_mode & 0o077 == 0, entry


def test_files_that_somebody_puts_there_later_stay(tmp_path: Path) -> None:
    LocalServer(data=tmp_path).start().stop()
    mine = [tmp_path / "notes.txt", tmp_path / "jobs" / "notes", tmp_path / "storage" / "mine"]
    for path in mine:
        path.write_text("mine")
    (tmp_path / "jobs" / "17").mkdir()  # as a killed server leaves it
    with LocalServer(data=tmp_path):
        assert [path.read_text() for path in mine] == ["mine"] * 3
        assert not (tmp_path / "jobs" / "17").exists()


def test_a_damaged_database_prints_no_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = "a very secret key indeed"
    LocalServer(data=tmp_path, api_key=key).start().stop()
    for damage in ("x'ff' || value", "'-----BEGIN PRIVATE KEY-----' || value"):
        copy = (tmp_path / "state.sqlite3").read_bytes()
        with sqlite3.connect(tmp_path / "state.sqlite3") as db:
            db.execute(f"UPDATE meta SET value = CAST({damage} AS TEXT) WHERE name IN ('private_key', 'api_key')")
            (secret,) = db.execute("SELECT CAST(value AS BLOB) FROM meta WHERE name = 'private_key'").fetchone()
        db.close()
        assert main(["--data", str(tmp_path)]) == 2
        output = capsys.readouterr()
        assert "is damaged" in output.err
        for part in (key, secret.decode("latin-1")[100:140]):
            assert part not in output.err + output.out
        (tmp_path / "state.sqlite3").write_bytes(copy)


def run_and_kill(data: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "rescalehtc.local", "--data", str(data)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    read_ready_lines(process.stdout)
    process.kill()
    process.communicate()


def test_a_lost_write_ahead_log_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    run_and_kill(tmp_path)
    with caplog.at_level(logging.WARNING):
        LocalServer(data=tmp_path).start().stop()
        assert caplog.messages == []  # a kill alone loses nothing
        LocalServer(data=tmp_path).start().stop()
        assert caplog.messages == []
        run_and_kill(tmp_path)
        (tmp_path / "state.sqlite3-wal").unlink()
        LocalServer(data=tmp_path).start().stop()
    assert "state.sqlite3-wal is missing" in caplog.text


def test_the_next_server_clears_what_a_killed_one_in_memory_has_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    foreign = tmp_path / "rescalehtc-local-of-somebody"
    foreign.mkdir()
    process = subprocess.Popen([sys.executable, "-m", "rescalehtc.local"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    read_ready_lines(process.stdout)
    with LocalServer() as beside:
        (killed,) = set(tmp_path.glob("rescalehtc-local-*")) - {foreign, beside.folder}
        assert killed.is_dir()  # that of a server that runs stays
        process.kill()
        process.communicate()
        with LocalServer():
            assert not killed.exists()
            assert beside.folder.is_dir()
            assert foreign.is_dir()


# -- a full disk ----------------------------------------------------------------------------------------------------


def fill_disk(server: LocalServer) -> None:
    db = server._state.store.db  # pyright: ignore
    (used,) = db.execute("PRAGMA page_count").fetchone()
    db.execute(f"PRAGMA max_page_count = {used}")


def free_disk(server: LocalServer) -> None:
    server._state.store.db.execute("PRAGMA max_page_count = 1000000")  # pyright: ignore


def test_a_full_disk_loses_no_finished_job_and_no_line(start: Any) -> None:
    htc = start(workers=4)
    task = htc.task()
    # Each writes more than the free part of a page holds.
    script = (
        "while [ ! -e $TASK_SHARED_FOLDER/go ]; do sleep 0.02; done; "
        "head -c 20000 /dev/zero | tr '\\0' x; echo; echo end"
    )
    htc.submit(task, "sh", "-c", script, size=4)
    htc.until(lambda: htc.counts(task)["RUNNING"] == 4, "the start")
    fill_disk(htc.server)
    shared = htc.server.folder / "storage" / task.removeprefix("htc/")
    (shared / "go").touch()
    htc.until(lambda: not htc.server._state.scheduler._running, "the end of the processes")
    full = htc.http.post("htc/projects", json={"projectName": "x" * 50_000, "projectDescription": "-"})
    assert full.status_code == 503
    free_disk(htc.server)
    jobs = htc.finish(task)
    assert [job["status"] for job in jobs] == ["SUCCEEDED"] * 4
    for job in jobs:
        lines = htc.log(job)
        assert (len(lines), lines[-1]) == (2, "end")


def test_a_request_on_a_full_disk_does_nothing_by_halves(start: Any) -> None:
    htc = start()
    task = htc.task()
    htc.run("true")
    shared = htc.server.folder / "storage" / task.removeprefix("htc/")
    shared.mkdir(parents=True)
    (shared / "file").write_text("kept")

    class Broken:
        """A database on which no commit succeeds."""

        def __init__(self, db: Any) -> None:
            self._db = db

        def commit(self) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        def __getattr__(self, name: str) -> Any:
            return getattr(self._db, name)

    store = htc.server._state.store
    db, store.db = store.db, Broken(store.db)
    answer = htc.call("DELETE", task, 503)
    assert "disk" in answer.json()["errorDescription"]
    store.db = db
    assert (shared / "file").read_text() == "kept"
    assert htc.get(task)["lifecycleStatus"] == "ACTIVE"
    htc.call("DELETE", task)
    assert not shared.exists()


@pytest.mark.slow
def test_kills_and_full_disks_lose_nothing_and_run_nothing_twice(tmp_path: Path) -> None:
    """Many rounds of work that end with a kill, some on a full disk."""
    import random

    import httpx

    rounds = int(os.environ.get("HTC_KILL_ROUNDS", "12"))
    random_ = random.Random(4)
    data = tmp_path / "data"
    accepted: set[str] = set()
    seen_final: dict[str, str] = {}
    task = project = ""
    for number in range(rounds):
        limit = ["--limit-pages", str(random_.randint(60, 400))] if number % 3 == 2 else []
        process = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "server_with_small_disk.py"), str(data), *limit],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout is not None
        variables = read_ready_lines(process.stdout)
        with httpx.Client(base_url=variables["RESCALE_HTC_API_URL"] + "/", timeout=60) as http:
            key = {"Authorization": f"Token {variables['RESCALE_API_TOKEN']}"}
            token = http.get("auth/token", headers=key).json()["tokenValue"]
            http.headers["Authorization"] = f"Bearer {token}"
            if not task:  # in the first round the disk is not full
                body = {"projectName": "p", "projectDescription": "-"}
                project = http.post("htc/projects", json=body).raise_for_status().json()["projectId"]
                body = {"taskName": "t", "taskDescription": "-"}
                made = http.post(f"htc/projects/{project}/tasks", json=body).raise_for_status().json()
                task = f"htc/projects/{project}/tasks/{made['taskId']}"
            end = time.monotonic() + random_.uniform(0.2, 0.8)
            script = "echo x >> $TASK_SHARED_FOLDER/$(echo $RESCALE_JOB_ID | tr : _)"
            while time.monotonic() < end:
                batch = [{"batchSize": 3, "htcJobDefinition": {"imageName": "x", "commands": ["sh", "-c", script]}}]
                answer = http.post(f"{task}/jobs/batch", json=batch)
                assert answer.status_code in (200, 503)
                if answer.status_code == 200:
                    accepted |= {f"{answer.json()[0]['parentJobId']}:{index}" for index in range(3)}
                # On a full disk nothing is told that could still get lost.
                shown = http.get(f"{task}/jobs", params={"pageSize": 1000})
                assert shown.status_code in (200, 503)
                for job in shown.json().get("items", []):
                    if job["status"] in ("SUCCEEDED", "FAILED"):
                        assert seen_final.setdefault(job["jobUUID"], job["status"]) == job["status"]
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    with LocalServer(data=data, speed=200) as server:
        with httpx.Client(base_url=server.url + "/", timeout=60) as http:
            token = http.get("auth/token", headers={"Authorization": f"Token {server.api_key}"}).json()["tokenValue"]
            http.headers["Authorization"] = f"Bearer {token}"

            def listed() -> dict[str, str]:
                found: dict[str, str] = {}
                url = f"{task}/jobs?pageSize=1000"
                while url:
                    page = http.get(url).json()
                    found |= {job["jobUUID"]: job["status"] for job in page["items"]}
                    url = page.get("next", "")
                return found

            deadline = time.monotonic() + 120
            while set(listed().values()) - {"SUCCEEDED", "FAILED"}:
                assert time.monotonic() < deadline
                time.sleep(0.1)
            jobs = listed()
            assert accepted <= jobs.keys()
            assert seen_final.items() <= jobs.items()
            counts = http.get(f"{task}/summary-statistics").json()["jobStatuses"]
            assert sum(counts.values()) == len(jobs)
        folder = server.folder / "storage" / task.removeprefix("htc/")
        for trace in folder.iterdir():
            assert trace.read_text() == "x\n", f"{trace.name} ran more than once"
        for job, status in jobs.items():
            if status == "SUCCEEDED":
                assert (folder / job.replace(":", "_")).exists()
    # A guardian of a killed server may still be at work.
    deadline = time.monotonic() + 60
    while str(data) in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout:
        assert time.monotonic() < deadline, "a process is left"
        time.sleep(0.1)
