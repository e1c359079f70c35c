"""The benchmark runs, and costs that do not depend on the machine do not grow. Nothing here is timed."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from benchmarks.payloads import job, line
from rescalehtc import HtcSession, api, logs
from rescalehtc_generated import gc_pause
from rescalehtc_generated.client import object_decoder
from rescalehtc_generated.models import HTCJob, HTCJobLogs, HTCJobs

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def test_every_workload_runs() -> None:
    command = [sys.executable, "-m", "benchmarks", "--quick"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    for title in (
        "one GET",
        "log lines to a file",
        "a listed job",
        "jobs streamed",
        "import rescalehtc",
        "regenerate",
        "decoded",
        "local server",
        "peak memory",
        "CPU per job",
    ):
        assert title in run.stdout
    for name in ("ours, sync", "ours, async", "httpx + orjson, untyped"):
        assert name in run.stdout


class Wire:
    """Counts requests; listings have 250 items in pages as large as asked for."""

    def __init__(self) -> None:
        self.requests: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path, query = request.url.path, request.url.params
        self.requests.append(f"{request.method} {path.rpartition('/')[2]}")
        if path.endswith("/auth/token"):
            return httpx.Response(200, json={"tokenValue": "token", "expiresIn": 21600})
        if path.endswith(("/jobs", "/logs")):
            size, start = int(query.get("pageSize", 100)), int(query.get("pageIndex", 0))
            make: Callable[[int], Any] = job if path.endswith("/jobs") else line
            page: dict[str, Any] = {"items": [make(number) for number in range(start, min(start + size, 250))]}
            if start + size < 250:
                page["next"] = str(request.url.copy_set_param("pageIndex", start + size))
            return httpx.Response(200, json=page)
        return httpx.Response(200, json=[{}] if path.endswith("/batch") else job(0))


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def session(wire: Wire) -> Iterator[HtcSession]:
    with (
        httpx.Client(transport=httpx.MockTransport(wire)) as client,
        HtcSession(api_key="key", http_client=client) as session,
    ):
        api.get_htc_projects_tasks_jobs(session, "p", "t", "j")  # the token
        wire.requests.clear()
        yield session


@pytest.mark.parametrize(
    ("operation", "requests"),
    [
        (lambda s, _: api.get_htc_projects_tasks_jobs(s, "p", "t", "j"), ["GET j"]),
        (lambda s, _: api.get_htc_projects_tasks_jobs(s, "p", "t"), ["GET jobs"] * 3),
        (lambda s, _: api.get_htc_projects_tasks_jobs(s, "p", "t", max_items=200), ["GET jobs"] * 2),
        (lambda s, _: list(api.iter_htc_projects_tasks_jobs(s, "p", "t", page_size=50)), ["GET jobs"] * 5),
        (lambda s, _: api.get_htc_projects_tasks_jobs_logs(s, "p", "t", "j"), ["GET logs"]),
        (lambda s, path: logs.save(s, "p", "t", "j", path), ["GET logs"]),
        (lambda s, path: logs.save(s, "p", "t", "j", path, last_n_lines=20), ["GET logs"]),
        (lambda s, _: api.post_htc_projects_tasks_jobs_batch(s, "p", "t", [{}] * 100), ["POST batch"]),
    ],
)
def test_requests_of_an_operation(
    operation: Callable[[HtcSession, Path], object],
    requests: list[str],
    session: HtcSession,
    wire: Wire,
    tmp_path: Path,
) -> None:
    operation(session, tmp_path / "log")
    assert wire.requests == requests


def tracked(make: Callable[[], list[Any]]) -> float:
    """Number of objects that the garbage collector tracks, per item of a list."""
    make()
    gc.collect()
    before = len(gc.get_objects())
    items = make()
    return (len(gc.get_objects()) - before) / len(items)


def test_objects_of_a_listed_job() -> None:
    page = json.dumps({"items": [job(number) for number in range(200)]}).encode()
    decode = object_decoder(HTCJobs)
    # The job, its five objects and its three lists: no record of what was sent, no dictionary.
    assert 9 <= tracked(lambda: decode(page).items) < 9.1


def test_objects_of_a_log_line() -> None:
    page = json.dumps({"items": [line(number) for number in range(200)]}).encode()
    decode = object_decoder(HTCJobLogs)
    assert 1 <= tracked(lambda: decode(page).items) < 1.1


def test_what_jobs_have_in_common_is_there_once() -> None:
    first, second = (HTCJob.from_dict(json.loads(json.dumps(job(number)))) for number in (1, 2))
    assert first.created_at is second.created_at
    assert first._sent is second._sent


def test_collection_is_only_delayed() -> None:
    page = json.dumps({"items": [job(number) for number in range(50)]}).encode()
    broken = page[:-1]
    decode = object_decoder(HTCJobs)
    for content in (page, broken):
        for switch, expected in ((gc.enable, True), (gc.disable, False)):
            switch()
            try:
                decode(content)
            except ValueError:
                assert content is broken
            assert gc.isenabled() is expected
            gc.enable()


def test_older_objects_are_left_alone_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    page = json.dumps({"items": [job(number) for number in range(200)]}).encode()
    decode = object_decoder(HTCJobs)
    looked_at: list[int] = []

    def generation(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            looked_at.append(info["generation"])

    def listing() -> list[int]:
        """The generations that the collector scans while thirty pages are read and kept."""
        gc.collect()
        looked_at.clear()
        pages = [(decode(page), set[int]()) for _ in range(30)]  # a set is always a new object
        del pages
        return looked_at[:]

    gc.callbacks.append(generation)
    try:
        monkeypatch.setattr(gc_pause, "_bytes_since_full_collection", 0)
        assert listing() == [0] * 30
        monkeypatch.setattr(gc_pause, "_FULL_COLLECTION_BYTES", 0)
        # On its own, the collector also scans old objects.
        assert 1 in listing()
    finally:
        gc.callbacks.remove(generation)
