"""The data folder: what it never touches, how it reports damage, and what is cleared after a kill."""

from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rescalehtc.local import LocalServer
from rescalehtc.local.__main__ import main
from rescalehtc.local._state.data_folder import DataFolderError
from rescalehtc.local._state.store import Store, StoreError
from tests.support.removed_routes import without_orphans

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
    names = ("notes.txt", "jobs/notes", "storage/mine", "uploads/upload-of-mine.txt")
    mine = [tmp_path / name for name in names]
    for path in mine:
        path.write_text("mine")
    (tmp_path / "jobs" / "17").mkdir()  # as a killed server leaves it
    (tmp_path / "uploads" / f"upload-{'0' * 32}").mkdir()
    with LocalServer(data=tmp_path) as server:
        assert not (tmp_path / "jobs" / "17").exists()
        assert [path.name for path in (tmp_path / "uploads").iterdir()] == ["upload-of-mine.txt"]
        server.reset()
    assert [path.read_text() for path in mine] == ["mine"] * len(mine)


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


def test_what_sqlite_says_of_a_damaged_schema_is_not_quoted(tmp_path: Path) -> None:
    LocalServer(data=tmp_path).start().stop()
    file = tmp_path / "state.sqlite3"
    sound = file.read_bytes()
    for part in (b"\xf9\xe4eta (name TEXT", b"secret(name TEXT"):
        file.write_bytes(sound.replace(b"CREATE TABLE meta (name TEXT", b"CREATE TABL " + part))
        with pytest.raises(StoreError, match="is damaged") as failure:
            LocalServer(data=tmp_path).start()
        assert "secret" not in str(failure.value)


def run_and_kill(data: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "rescalehtc.local", "--data", str(data)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    read_ready_lines(process.stdout)
    process.kill()
    process.communicate()


def test_a_lost_write_ahead_log_is_reported(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    run_and_kill(tmp_path)
    with caplog.at_level(logging.WARNING):
        LocalServer(data=tmp_path).start().stop()
        assert without_orphans("\n".join(caplog.messages)) == ""  # a kill alone loses nothing
        LocalServer(data=tmp_path).start().stop()
        assert without_orphans("\n".join(caplog.messages)) == ""
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
    htc.until(lambda: not len(htc.server._state.scheduler._runner), "the end of the processes")
    full = htc.http.post("htc/projects", json={"projectName": "x" * 50_000, "projectDescription": "-"})
    assert full.status_code == 503
    free_disk(htc.server)
    jobs = htc.finish(task)
    assert [job["status"] for job in jobs] == ["SUCCEEDED"] * 4
    for job in jobs:
        lines = htc.log(job)
        assert (len(lines), lines[-1]) == (2, "end")


def test_a_request_on_a_full_disk_does_all_or_nothing(start: Any) -> None:
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


def test_no_request_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sync took half a second on a busy disk; the database is synced when it is closed."""
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.fstat(file.fileno()).st_ino))
    store = Store(tmp_path / "state.sqlite3")
    store.set_meta("a", "b")
    store.commit()
    assert store.row("PRAGMA synchronous") == (0,)
    # Now the log is empty, so SQLite has nothing left to move and to sync.
    assert store.row("PRAGMA wal_checkpoint") is not None
    assert synced == []
    store.close()
    assert synced == [(tmp_path / "state.sqlite3").stat().st_ino]
    assert [path.name for path in tmp_path.iterdir()] == ["state.sqlite3"]


@pytest.mark.parametrize("name", ["jobs", "storage", "uploads", "state.sqlite3"])
def test_a_link_in_the_folder_is_not_followed(tmp_path: Path, name: str) -> None:
    """The server clears its folder of jobs, and did so at the other end of a link."""
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    with LocalServer(data=data):
        pass
    (elsewhere / "3").mkdir(parents=True)
    (data / name).rename(tmp_path / "old")
    (data / name).symlink_to(elsewhere)
    with pytest.raises(DataFolderError, match=f"holds {name}, which the local server did not make"):
        LocalServer(data=data).start()
    assert [path.name for path in elsewhere.iterdir()] == ["3"]


def test_an_empty_name_is_not_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="empty"):
        LocalServer(data="")
