"""A program that is killed at any moment of a study: no job twice, no result lost or given twice unmarked."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.memory_service import FINAL, HttpService, MemoryService

COUNT = 30
PROGRAM = """
import os, sys
from types import SimpleNamespace
from rescalehtc import HtcSession, JobDefinition, iter_completed, resubmit, submit
from rescalehtc.exceptions import HtcSubmissionError
url, folder = sys.argv[1:]
given = os.open(folder + "/given", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
task = SimpleNamespace(project_id="p", task_id="t")
jobs = JobDefinition(image_name="a:b", count=30, uses_job_side=True)
journal = folder + "/journal"
with HtcSession(api_key="key-0123456789abcdef", base_url=url) as session:
    submission = submit(session, task, jobs, journal=journal, jobs_per_batch=4, batches_per_call=3)
    for attempt in range(2):
        fast = {"min_interval_seconds": 0.001, "max_interval_seconds": 0.002}
        for result in iter_completed(session, submission, **fast):
            os.write(given, f"{result.job_id} {int(result.maybe_seen)}\\n".encode())
        resubmit(session, submission, jobs_per_batch=4, batches_per_call=2, max_memory_mib=512)
    print("done")
"""


@pytest.fixture
def server() -> Iterator[HttpService]:
    """Jobs end as they are looked at; those whose index divides by 3 fail at their first attempt."""
    service = MemoryService()
    chance = random.Random(1)

    def before(method: str, path: str) -> None:
        if path.endswith("statistics"):
            for job in service.jobs:
                if job.status not in FINAL and chance.random() < 0.4:
                    first = job.batch["htcJobDefinition"].get("maxMemory") is None
                    service.end(job, "FAILED" if first and job.index % 3 == 0 else "SUCCEEDED")

    service.before = before
    with HttpService(service) as running:
        yield running
        running.shutdown()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_killed_at_random_moments(server: HttpService, tmp_path: Path, seed: int) -> None:
    """25 kills each; every fifth answer to a submission is lost as well."""
    chance = random.Random(seed)
    service = server.service
    kills = studies = 0
    while kills < 25:
        folder = tmp_path / str(studies)
        folder.mkdir()
        studies += 1
        service.jobs.clear()
        service.lose = lambda number: chance.random() < 0.2
        while True:
            program = subprocess.Popen(
                [sys.executable, "-c", PROGRAM, server.url, str(folder)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            if kills < 25:
                _wait_for_a_moment(service, program, chance)
            if kills < 25 and program.poll() is None:
                program.send_signal(signal.SIGKILL)
                kills += 1
            out, err = program.communicate(timeout=60)
            if out == "done\n":
                break
            assert program.returncode == -signal.SIGKILL or "HtcSubmissionError" in err, err
        _check(service, folder)


def _wait_for_a_moment(service: MemoryService, program: subprocess.Popen[str], chance: random.Random) -> None:
    """Wait until the program has made some calls, and a little longer."""
    target = len(service.calls) + chance.randrange(2, 40)
    while len(service.calls) < target and program.poll() is None:
        time.sleep(0.001)
    time.sleep(chance.random() * 0.01)


def _check(service: MemoryService, folder: Path) -> None:
    submitted = Counter((job.index, job.batch["htcJobDefinition"].get("maxMemory")) for job in service.jobs)
    failing = [index for index in range(COUNT) if index % 3 == 0]
    assert submitted == Counter([(index, None) for index in range(COUNT)] + [(index, 512) for index in failing])
    lines = [line.split() for line in (folder / "given").read_text().splitlines()]
    assert {job_id for job_id, _ in lines} == {job.id for job in service.jobs}
    unmarked = Counter(job_id for job_id, maybe in lines if maybe == "0")
    assert max(unmarked.values()) == 1
