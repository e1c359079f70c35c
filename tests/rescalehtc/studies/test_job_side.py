"""Jobs find their index, count and parameters with the standard library alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rescalehtc import JobDefinition, get_results, job_logs, job_side, resubmit, submit, wait

PROGRAM = """
import sys
sys.path.insert(0, {folder!r})
import job_side
row = job_side.parameters()
print(job_side.index(), job_side.count(), row)
sys.exit(3 if row.get("fails") and "--again" not in sys.argv else 0)
"""


def program(tmp_path: Path, *more: str) -> list[str]:
    (tmp_path / "job_side.py").write_text(Path(job_side.__file__).read_text())
    # -I -S: no site-packages, nothing of this environment.
    return [sys.executable, "-I", "-S", "-c", PROGRAM.format(folder=str(tmp_path)), *more]


def environment(rows: list[dict[str, Any]], indexes: list[int], position: int) -> dict[str, str]:
    return {
        "AWS_BATCH_JOB_ARRAY_INDEX": str(position),
        "HTC_JOB_INDEXES": ",".join(map(str, indexes)),
        "HTC_JOB_COUNT": "9",
        "HTC_JOB_PARAMETERS": json.dumps(rows),
    }


@pytest.mark.slow
def test_nothing_but_the_standard_library(tmp_path: Path) -> None:
    found = subprocess.run(
        program(tmp_path), env=environment([{"a": 1}, {"a": "ü"}], [3, 7], 1), capture_output=True, check=True
    )
    assert found.stdout.decode().strip() == "7 9 {'a': 'ü'}"


def test_where_the_storage_is_mounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").write_text('{"a": 1}\n{"a": 2}')
    monkeypatch.setenv("AWS_BATCH_JOB_ARRAY_INDEX", "1")
    monkeypatch.setenv("HTC_JOB_PARAMETERS", "here")
    monkeypatch.setenv("TASK_SHARED_FOLDER", "projects/p/tasks/t")
    with pytest.raises(OSError, match="projects/p/tasks/t, where here should be, is not a folder"):
        job_side.parameters()
    assert job_side.parameters(str(tmp_path)) == {"a": 2}
    monkeypatch.setenv("AWS_BATCH_JOB_ARRAY_INDEX", "2")
    with pytest.raises(OSError, match="no line for job 2"):
        job_side.parameters(str(tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("padding", [0, 900], ids=["environment", "storage"])
def test_on_the_local_server(session: Any, real_task: Any, tmp_path: Path, padding: int) -> None:
    rows = [{"x": number, "fails": number % 3 == 0, "pad": "y" * padding} for number in range(9)]
    jobs = JobDefinition(image_name="solver:latest", commands=program(tmp_path), parameters=rows)
    submission = submit(session, real_task, jobs, jobs_per_batch=6)
    wait(session, submission, deadline_seconds=60, min_interval_seconds=0.1)
    resubmit(session, submission, commands=program(tmp_path, "--again"))
    wait(session, submission, deadline_seconds=60, min_interval_seconds=0.1, raise_on_failure=True)
    results = get_results(session, submission)
    lines = job_logs.get_logs(session, submission, results)
    assert sorted(result.index for result in results if result.index is not None) == list(range(9))
    assert {result.index for result in results if result.attempt == 2} == set(range(0, 9, 3))
    for result in results:
        assert result.index is not None
        assert lines[result.job_id] == [f"{result.index} 9 {rows[result.index]}"]
        assert result.parameters == rows[result.index]
