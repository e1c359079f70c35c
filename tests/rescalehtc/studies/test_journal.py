"""The journal's file: whatever is wrong with it, nothing is submitted twice, and the error is an ``HtcException``."""

from __future__ import annotations

import errno
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from rescalehtc import JobDefinition
from rescalehtc._studies import journal
from rescalehtc.exceptions import HtcJournalError, HtcSubmissionError

JOBS = JobDefinition(image_name="solver:v1", commands=["true"], max_vcpus=1, max_memory_mib=64, count=3)
OPTIONS: dict[str, Any] = {"image_deadline_seconds": None, "jobs_per_batch": 1, "batches_per_call": 1}


def submit(study: Any, task: Any, path: Path) -> Any:
    return study.submit(task, JOBS, journal=path, **OPTIONS)


class TestSymlinks:
    @pytest.mark.slow
    def test_it_is_one_journal_with_the_file_that_it_leads_to(
        self, study: Any, service: Any, task: Any, tmp_path: Path
    ) -> None:
        (tmp_path / "link").symlink_to(tmp_path / "journal")
        submit(study, task, tmp_path / "link")
        submit(study, task, tmp_path / "journal")
        submit(study, task, tmp_path / "link")
        assert service.posts == 3
        assert (tmp_path / "link").is_symlink()

    def test_it_has_the_same_lock(self, study: Any, service: Any, task: Any, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(tmp_path / "journal")
        problems: list[Exception] = []

        def again(_: Any) -> None:
            try:
                journal.open_journal(tmp_path / "link", wanted, None).__enter__()
            except HtcJournalError as error:
                problems.append(error)

        wanted = study.submit(task, JOBS, **OPTIONS)
        study.submit(task, JOBS, journal=tmp_path / "journal", on_progress=again, **OPTIONS)
        assert len(problems) == 4
        assert "in use" in str(problems[0])


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        lambda parts: [],
        lambda parts: parts[:2],
        lambda parts: [*parts, parts[0]],
        lambda parts: [{**part, "batches": []} for part in parts],
        lambda parts: [{**part, "batches": [{**part["batches"][0], "size": 2}]} for part in parts],
        lambda parts: parts[::-1],
        lambda parts: [{**part, "parent_job_ids": []} for part in parts],
        lambda parts: [{**part, "parent_job_ids": [None]} for part in parts],
        lambda parts: [{**part, "parent_job_ids": [7]} for part in parts],
        lambda parts: [{**part, "parent_job_ids": "x"} for part in parts],
        lambda parts: [{**part, "parent_job_ids": None} for part in parts],
        lambda parts: [{**part, "state": "taken"} for part in parts],
        lambda parts: [{**part, "problem": 3} for part in parts],
        lambda parts: {"0": parts[0]},
        lambda parts: None,
        lambda parts: "parts",
    ],
)
def test_inconsistent_parts_are_refused(change: Any, study: Any, service: Any, task: Any, tmp_path: Path) -> None:
    path = tmp_path / "journal"
    submit(study, task, path)
    content = json.loads(path.read_text())
    path.write_text(json.dumps({**content, "parts": change(content["parts"])}))
    with pytest.raises(HtcJournalError):
        submit(study, task, path)
    assert service.posts == 3


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b"\xff\xfe\x00",
        b"",
        b"null",
        b"3",
        b'{"format": 1}',
        b'{"format": 99, "parts": []}',
        b'{"format": {}, "parts": 1e999}',
    ],
)
def test_files_that_are_not_journals(content: bytes, study: Any, service: Any, task: Any, tmp_path: Path) -> None:
    (tmp_path / "journal").write_bytes(content)
    with pytest.raises(HtcJournalError):
        submit(study, task, tmp_path / "journal")
    assert service.posts == 0
    assert (tmp_path / "journal").read_bytes() == content


class TestPlaces:
    def test_a_folder_that_does_not_exist(self, study: Any, service: Any, task: Any, tmp_path: Path) -> None:
        with pytest.raises(HtcJournalError, match="folder that exists"):
            submit(study, task, tmp_path / "none" / "journal")
        assert service.posts == 0

    def test_a_folder_in_its_place(self, study: Any, service: Any, task: Any, tmp_path: Path) -> None:
        with pytest.raises(HtcJournalError):
            submit(study, task, tmp_path)
        assert service.posts == 0

    def test_a_file_for_a_folder(self, study: Any, service: Any, task: Any, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(HtcJournalError):
            submit(study, task, tmp_path / "file" / "journal")
        assert service.posts == 0

    def test_a_loop_of_symlinks(self, study: Any, service: Any, task: Any, tmp_path: Path) -> None:
        (tmp_path / "journal").symlink_to(tmp_path / "journal")
        with pytest.raises(HtcJournalError):
            submit(study, task, tmp_path / "journal")
        assert service.posts == 0

    def test_a_pipe_is_not_waited_for(self, study: Any, service: Any, task: Any, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "journal")
        with pytest.raises(HtcJournalError, match="not a file"):
            submit(study, task, tmp_path / "journal")
        assert service.posts == 0

    def test_names_that_no_file_can_have(self, study: Any, service: Any, task: Any, tmp_path: Path) -> None:
        for name in ("a\0b", "n" * 300):
            with pytest.raises(HtcJournalError):
                submit(study, task, tmp_path / name)
        assert service.posts == 0

    def test_a_name_as_long_as_one_can_be(self, study: Any, service: Any, task: Any, tmp_path: Path) -> None:
        submit(study, task, tmp_path / ("n" * 250))
        submit(study, task, tmp_path / ("n" * 250))
        assert service.posts == 3


@pytest.mark.parametrize("writes", range(7))
def test_a_disk_that_fills_up(
    writes: int, study: Any, service: Any, task: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At whichever write: the error is an ``HtcException``, and continuing submits every job once."""
    real, left = os.fsync, [writes]

    def full(descriptor: int) -> None:
        # One write of the journal syncs the file and its folder.
        if left[0] <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        left[0] -= 0.5  # type: ignore[operator]
        real(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises((HtcJournalError, HtcSubmissionError)):
            submit(study, task, tmp_path / "journal")
    assert {path.name for path in tmp_path.iterdir()} <= {"journal", "journal.jobs", "journal.lock"}
    submit(study, task, tmp_path / "journal")
    assert service.posts == 3
    assert len(service.batches) == 3


@pytest.mark.slow
def test_two_threads_never_hold_it_at_once(study: Any, task: Any, tmp_path: Path) -> None:
    wanted = study.submit(task, JOBS, **OPTIONS)
    inside, most, refused = [0], [0], [0]

    def use() -> None:
        for _ in range(20):
            try:
                with journal.open_journal(tmp_path / "journal", wanted, None):
                    inside[0] += 1
                    most[0] = max(most[0], inside[0])
                    inside[0] -= 1
            except HtcJournalError:
                refused[0] += 1

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
