"""A program that is killed at any moment of a study: no job twice, no result lost or given twice unmarked."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.memory_service import FINAL, HttpService, MemoryService
from tests.support.tries import tries

COUNT = 30
NOT_SURE = 3
PROGRAM = f"""
import os, sys
from types import SimpleNamespace
from rescalehtc import HtcSession, JobDefinition, iter_completed, resubmit, submit
from rescalehtc.exceptions import HtcSubmissionError

os.fsync = lambda file: None  # against a loss of power; a kill loses nothing that was written

def study(url, folder, unknown="stop"):
    given = os.open(folder + "/given", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    task = SimpleNamespace(project_id="p", task_id="t")
    jobs = JobDefinition(image_name="a:b", count={COUNT}, uses_job_side=True)
    journal = folder + "/journal"
    with HtcSession(api_key="key-0123456789abcdef", base_url=url) as session:
        submission = submit(session, task, jobs, journal=journal, unknown=unknown, jobs_per_batch=4, batches_per_call=3)
        for attempt in range(2):
            fast = {{"min_interval_seconds": 0.001, "max_interval_seconds": 0.002}}
            for result in iter_completed(session, submission, **fast):
                os.write(given, f"{{result.job_id}} {{int(result.maybe_seen)}}\\n".encode())
            sizes = {{"jobs_per_batch": 4, "batches_per_call": 2}}
            resubmit(session, submission, unknown=unknown, max_memory_mib=512, **sizes)

# Loaded once, in a process without threads; each run is a fork of it, ready in milliseconds.
url, warm_up = sys.argv[1:]
study(url, warm_up)
print("ready", flush=True)
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            study(url, *line.split())
            code = 0
        except HtcSubmissionError:
            code = {NOT_SURE}
        finally:
            if code == 1:
                sys.excepthook(*sys.exc_info())
            os._exit(code)
    print(pid, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
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


class Programs:
    """Runs of the program, one at a time."""

    def __init__(self, url: str, folder: Path) -> None:
        self.errors = folder / "errors"
        (folder / "warm-up").mkdir()
        with self.errors.open("w") as errors:
            self._parent = subprocess.Popen(
                [sys.executable, "-c", PROGRAM, url, str(folder / "warm-up")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        assert self._read() == "ready"

    def run(self, folder: Path, unknown: str, is_time: Callable[[], bool] | None) -> int:
        """Run the program, kill it as soon as it is time, and return its exit code."""
        assert self._parent.stdin is not None
        self._parent.stdin.write(f"{folder} {unknown}\n")
        self._parent.stdin.flush()
        pid = int(self._read())
        with contextlib.suppress(ProcessLookupError):  # it has ended by itself
            while is_time is not None:
                now = is_time()
                os.kill(pid, signal.SIGKILL if now else 0)
                if now:
                    break
                time.sleep(0.0005)
        return int(self._read())

    def close(self) -> None:
        self._parent.communicate()

    def _read(self) -> str:
        assert self._parent.stdout is not None
        line = self._parent.stdout.readline().strip()
        assert line, self.errors.read_text()
        return line


@pytest.fixture
def programs(server: HttpService, tmp_path: Path) -> Iterator[Programs]:
    programs = Programs(server.url, tmp_path)
    yield programs
    programs.close()


@tries("kills of a study")
def test_killed_at_random_moments(server: HttpService, programs: Programs, tmp_path: Path, tries: int) -> None:
    """Every fifth answer to a submission is lost as well."""
    chance = random.Random(tries)
    service = server.service
    kills = studies = 0
    while kills < tries:
        folder = tmp_path / str(studies)
        folder.mkdir()
        studies += 1
        service.jobs.clear()
        service.lose = lambda number: chance.random() < 0.2
        code, unsure = None, 0
        while code != 0:
            # A response that was lost is made up for by the next run. A call that a kill kept from being sent is named
            # unknown as long as nobody decides; here it is known that nothing is on its way any more.
            unknown = "repeat" if unsure == 2 else "stop"
            code = programs.run(folder, unknown, _moment(service, chance) if kills < tries else None)
            kills += code == -signal.SIGKILL
            unsure = unsure + 1 if code == NOT_SURE else 0
            assert code in (0, NOT_SURE, -signal.SIGKILL), programs.errors.read_text()
            server.wait_until_idle()
        _check(service, folder)


def _moment(service: MemoryService, chance: random.Random) -> Callable[[], bool]:
    """A moment in a run: when it has made some calls, and a little later."""
    calls, later = len(service.calls) + chance.randrange(2, 40), chance.random() * 0.01
    reached: list[float] = []

    def is_time() -> bool:
        if not reached and len(service.calls) >= calls:
            reached.append(time.monotonic())
        return bool(reached) and time.monotonic() >= reached[0] + later

    return is_time


def _check(service: MemoryService, folder: Path) -> None:
    submitted = Counter((job.index, job.batch["htcJobDefinition"].get("maxMemory")) for job in service.jobs)
    failing = [index for index in range(COUNT) if index % 3 == 0]
    assert submitted == Counter([(index, None) for index in range(COUNT)] + [(index, 512) for index in failing])
    lines = [line.split() for line in (folder / "given").read_text().splitlines()]
    assert {job_id for job_id, _ in lines} == {job.id for job in service.jobs}
    unmarked = Counter(job_id for job_id, maybe in lines if maybe == "0")
    assert max(unmarked.values()) == 1
