"""The log of one job: whole, in order, exactly as long as asked for, and every line of a growing one once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rescalehtc import AsyncHtcSession, HtcSession, aio, logs
from rescalehtc._studies import follower, log_lines
from rescalehtc._studies.aio import follower as async_follower
from rescalehtc.exceptions import HtcException, HtcNotFoundError, HtcPayloadError

JOB = ("p", "t", "j:0")
Line = tuple[Any, Any]


class Log:
    """A service with one job. Each request for its log first runs the next of ``happenings``."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.status = "SUCCEEDED"
        self.happenings: list[Callable[[], httpx.Response | None]] = []
        self.looks: list[httpx.QueryParams] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/auth/token"):
            return httpx.Response(200, json={"tokenValue": "token", "expiresIn": 21600})
        if not request.url.path.endswith("/logs"):
            return httpx.Response(200, json={"jobUUID": "j:0", "status": self.status})
        if self.happenings and (answer := self.happenings.pop(0)()) is not None:
            return answer
        query = request.url.params
        self.looks.append(query)
        lines = self.lines if query.get("sort") == "asc" else self.lines[::-1]
        start, size = int(query.get("pageIndex", 0)), int(query["pageSize"])
        page: dict[str, Any] = {
            "items": [{"timestamp": at, "message": text} for at, text in lines[start : start + size]]
        }
        if start + size < len(lines):
            page["next"] = str(request.url.copy_set_param("pageIndex", start + size))
        return httpx.Response(200, json=page)


@pytest.fixture
def log() -> Log:
    return Log()


Call = Callable[..., Any]


@pytest.fixture(params=["sync", "async"])
def do(request: pytest.FixtureRequest, log: Log) -> Call:
    """Calls a function of the module, or its async twin."""

    def sync(name: str, *arguments: Any, **options: Any) -> Any:
        with httpx.Client(transport=httpx.MockTransport(log)) as client:
            session = HtcSession(api_key="key", max_retries=0, http_client=client)
            result = getattr(logs, name)(session, *JOB, *arguments, **options)
            return list(result) if name == "follow" else result

    async def awaited(name: str, *arguments: Any, **options: Any) -> Any:
        async with httpx.AsyncClient(transport=httpx.MockTransport(log)) as client:
            session = AsyncHtcSession(api_key="key", max_retries=0, http_client=client)
            result = getattr(aio.logs, name)(session, *JOB, *arguments, **options)
            return [line async for line in result] if name == "follow" else await result

    if request.param == "sync":
        return sync
    return lambda *arguments, **options: asyncio.run(awaited(*arguments, **options))


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_lines, "_PAGE", 10)
    monkeypatch.setattr(follower, "_PAGE", 10)
    monkeypatch.setattr(async_follower, "_PAGE", 10)


def some(count: int, first: int = 0) -> list[Line]:
    """Lines, many of which have the same time."""
    return [(f"2026-01-15T09:30:{n // 7 % 60:02}Z", f"line {n}") for n in range(first, first + count)]


def texts(lines: list[Line]) -> list[str]:
    return [text for _, text in lines]


@pytest.mark.slow
@pytest.mark.parametrize("wanted", [0, 1, 9, 10, 11, 20, 25, 26, None])
@pytest.mark.parametrize("written", [0, 1, 10, 25])
def test_exactly_the_last_lines(do: Call, log: Log, tmp_path: Path, written: int, wanted: int | None) -> None:
    log.lines = some(written)
    expected = texts(log.lines)[-wanted if wanted else (written if wanted == 0 else 0) :]
    path = tmp_path / "job.log"

    assert do("read", last_n_lines=wanted) == expected
    do("save", path, last_n_lines=wanted)

    assert path.read_text() == "".join(f"{line}\n" for line in expected)
    assert [entry.name for entry in tmp_path.iterdir()] == ["job.log"]


def test_few_lines_are_read_without_reading_all(do: Call, log: Log) -> None:
    log.lines = some(1000)
    assert do("read", last_n_lines=5) == texts(log.lines)[-5:]
    assert [look["pageSize"] for look in log.looks] == ["5"]


def test_any_text_is_written(do: Call, log: Log, tmp_path: Path) -> None:
    log.lines = [("", "naïve – 计算 🚀"), ("", ""), ("", "tab\tand \x00")]
    do("save", tmp_path / "log")
    assert (tmp_path / "log").read_bytes() == "naïve – 计算 🚀\n\ntab\tand \x00\n".encode()


def test_an_odd_line_does_not_lose_the_others(do: Call, log: Log, tmp_path: Path) -> None:
    def odd() -> httpx.Response:
        items = [{"message": None}, {"message": 5}, {}, {"message": "\ud800 half a character"}, "bare"]
        return httpx.Response(200, content=json.dumps({"items": items}))

    expected = ["", "5", "", "\ud800 half a character", "bare"]
    log.happenings = [odd]
    assert do("read") == expected
    log.happenings = [odd]
    do("save", tmp_path / "log")
    assert (tmp_path / "log").read_text() == "\n5\n\n? half a character\nbare\n"
    log.happenings = [odd]
    assert do("follow", interval=0, settle=0) == expected


@pytest.mark.parametrize("wanted", [None, 15])
def test_a_failure_leaves_the_file_as_it_was(do: Call, log: Log, tmp_path: Path, wanted: int | None) -> None:
    path = tmp_path / "log"
    path.write_text("from yesterday\n")
    log.lines = some(25)
    log.happenings = [lambda: None, lambda: httpx.Response(400)]
    with pytest.raises(HtcException):
        do("save", path, last_n_lines=wanted)
    assert path.read_text() == "from yesterday\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["log"]


def test_a_negative_number_is_refused(do: Call, tmp_path: Path) -> None:
    with pytest.raises(HtcPayloadError):
        do("read", last_n_lines=-1)
    with pytest.raises(HtcPayloadError):
        do("save", tmp_path / "log", last_n_lines=-1)
    assert list(tmp_path.iterdir()) == []


def test_following_yields_every_line_of_a_growing_log_once(do: Call, log: Log) -> None:
    everything = some(64)
    log.status = "RUNNING"

    def grow(to: int) -> Callable[[], None]:
        def happen() -> None:
            log.lines = everything[:to]

        return happen

    def end() -> None:
        log.status = "SUCCEEDED"

    steps = [0, 0, 3, 3, 4, 10, 10, 11, 30, 30, 41, 41, 41, 60]
    log.happenings = [*(grow(step) for step in steps), end, grow(62), grow(64)]
    assert do("follow", interval=0, settle=0) == texts(everything)


def test_equal_lines_are_distinguished_by_their_number(do: Call, log: Log) -> None:
    beat = ("2026-01-15T09:30:00Z", "still running")
    log.status = "RUNNING"

    def grow(count: int) -> Callable[[], None]:
        def happen() -> None:
            log.lines = [beat] * count
            log.status = "RUNNING" if count < 35 else "FAILED"

        return happen

    log.happenings = [grow(count) for count in (2, 2, 5, 9, 10, 10, 12, 20, 25, 35)]
    assert do("follow", interval=0, settle=0) == ["still running"] * 35


def test_a_late_line_is_inserted_and_nothing_is_repeated(do: Call, log: Log) -> None:
    log.lines, log.status = some(9), "RUNNING"
    late = [("2026-01-15T09:30:00Z", "late 1"), ("2026-01-15T09:30:00Z", "late 2")]

    def come_late() -> None:
        # The last of the first page moves to the second one.
        log.lines = log.lines[:3] + late + log.lines[3:]

    def end() -> None:
        log.lines, log.status = log.lines + some(2, first=100), "FAILED"

    log.happenings = [lambda: None, come_late, lambda: None, end]
    expected = [*texts(some(9)), "late 1", "late 2", "line 100", "line 101"]
    assert do("follow", interval=0, settle=0) == expected


def test_a_job_without_a_log_is_waited_for(do: Call, log: Log) -> None:
    log.lines, log.status = some(2), "STARTING"

    def start() -> None:
        log.status = "SUCCEEDED"

    log.happenings = [lambda: httpx.Response(404), lambda: httpx.Response(404), start]
    assert do("follow", interval=0, settle=0) == ["line 0", "line 1"]


def test_there_must_be_a_job(do: Call, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Log.__call__
    monkeypatch.setattr(
        Log,
        "__call__",
        lambda self, request: httpx.Response(404) if "/jobs/" in request.url.path else answer(self, request),
    )
    with pytest.raises(HtcNotFoundError):
        do("follow", interval=0, settle=0)


def test_a_next_that_leads_back_is_taken_for_the_end(do: Call, log: Log) -> None:
    def again() -> httpx.Response:
        url = "https://htc.rescale.com/api/v1/htc/projects/p/tasks/t/jobs/j:0/logs?pageIndex=9&pageSize=10"
        items = [{"timestamp": "2026-01-15T09:30:00Z", "message": "last"}]
        return httpx.Response(200, json={"items": items, "next": url})

    log.happenings = [again] * 5
    assert do("follow", interval=0, settle=0) == ["last", "last"]


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The lengths of the pauses, which take no time."""
    waits: list[float] = []

    def pause(seconds: float, stop: object = None) -> None:
        waits.append(seconds)

    async def pause_async(seconds: float, stop: object = None) -> None:
        waits.append(seconds)

    for module in (follower, async_follower):
        monkeypatch.setattr(module, "pause", pause_async if module is async_follower else pause)
        monkeypatch.setattr(module, "monotonic", lambda: 100 + sum(waits))
    return waits


def nothing() -> None:
    pass


def test_following_pauses_between_requests_and_waits_for_late_lines(do: Call, log: Log, waits: list[float]) -> None:
    log.lines, log.status = some(25), "RUNNING"

    def end() -> None:
        log.status = "SUCCEEDED"

    def straggle() -> None:
        log.lines = some(26)

    log.happenings = [*[nothing] * 5, end, straggle]
    assert do("follow", interval=8, settle=20) == texts(some(26))
    # Existing pages are read without a pause; after the end the log is read for 20 more seconds.
    assert waits == [8] * 4


@pytest.mark.slow
def test_a_line_may_come_late_on_any_page_that_is_young(do: Call, log: Log, waits: list[float]) -> None:
    def come_late() -> None:
        log.lines.insert(2, ("2026-01-15T09:30:00Z", "late"))

    def end() -> None:
        log.status = "FAILED"

    # Four pages are read, the line comes after that; or it comes while they are read, before the third.
    for before in (4, 2):
        log.lines, log.status = some(35), "RUNNING"
        log.happenings = [*[nothing] * before, come_late, *[nothing] * 8, end]
        assert sorted(do("follow", interval=8, settle=20)) == sorted([*texts(some(35)), "late"])


@pytest.mark.slow
def test_old_pages_are_not_read_again(do: Call, log: Log, waits: list[float]) -> None:
    log.lines = some(400)  # of 57 seconds
    assert do("follow", interval=8, settle=3) == texts(log.lines)
    # Every page once, then three times the last ones that hold lines of the last three seconds.
    places = [int(look.get("pageIndex", 0)) for look in log.looks]
    assert places[:40] == list(range(0, 400, 10))
    assert min(places[40:]) >= 360


@pytest.mark.slow
def test_few_pages_are_read_again_where_lines_have_no_time(do: Call, log: Log, waits: list[float]) -> None:
    log.lines = [("soon", text) for text in texts(some(400))]
    assert do("follow", interval=8, settle=3) == texts(log.lines)
    places = [int(look.get("pageIndex", 0)) for look in log.looks]
    assert min(places[40:]) >= 290


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_every_line_is_delivered_once_in_any_case(data: st.DataObject) -> None:
    log, time = Log(), [0]
    log.status = "RUNNING"
    draw = data.draw

    def happen() -> None:
        """Some time goes by, or lines come, some of them late: among others, at most five seconds old."""
        time[0] += draw(st.integers(0, 3))
        for _ in range(draw(st.integers(0, 3)) if len(log.lines) < 40 else 0):
            second = max(0, time[0] - draw(st.sampled_from([0, 0, 0, 1, 5])))
            line = (f"2026-01-15T09:30:{second:02}Z", draw(st.sampled_from("ab")))
            place = sum(at <= line[0] for at, _ in log.lines)
            log.lines.insert(place - draw(st.integers(0, sum(at == line[0] for at, _ in log.lines))), line)

    def end() -> None:
        log.status = "SUCCEEDED"

    log.happenings = [*[happen] * draw(st.integers(0, 15)), end, *[happen] * draw(st.integers(0, 3))]
    with pytest.MonkeyPatch.context() as patch, httpx.Client(transport=httpx.MockTransport(log)) as client:
        patch.setattr(follower, "_PAGE", 3)
        patch.setattr(follower, "_PAGES", 20)
        patch.setattr(follower, "pause", lambda seconds: None)
        patch.setattr(follower, "monotonic", Clock())
        session = HtcSession(api_key="key", max_retries=0, http_client=client)
        followed = list(logs.follow(session, *JOB, interval=1, settle=6))
    assert not log.happenings
    assert sorted(followed) == sorted(texts(log.lines))


class Clock:
    """Advances by a second on each reading."""

    now = 0

    def __call__(self) -> int:
        self.now += 1
        return self.now


@pytest.mark.slow
def test_a_real_job_is_followed_to_its_end(tmp_path: Path) -> None:
    from rescalehtc import api
    from rescalehtc.local import LocalServer

    program = "for n in 1 2 3 4 5 6; do echo line $n; sleep 0.1; done"
    definition = {
        "imageName": "solver:latest",
        "maxVCpus": 1,
        "maxMemory": 64,
        "execTimeoutSeconds": 60,
        "commands": ["sh", "-c", program],
    }
    with LocalServer(speed=100) as server, HtcSession(api_key=server.api_key, base_url=server.url) as session:
        project = api.post_htc_projects(session, {"projectName": "logs", "projectDescription": "test"}).project_id
        api.post_htc_projects_container_registry_repo(session, project, "solver")
        task = api.post_htc_projects_tasks(session, project, {"taskName": "logs", "taskDescription": "test"}).task_id
        batch = {"htcJobDefinition": definition, "batchSize": 1}
        [submitted] = api.post_htc_projects_tasks_jobs_batch(session, project, task, [batch])
        [job] = api.get_htc_projects_tasks_jobs(session, project, task)
        assert job.job_uuid.startswith(submitted.parent_job_id)
        expected = [f"line {number}" for number in range(1, 7)]
        followed = logs.follow(session, project, task, job.job_uuid, interval=0.05, settle=0.2)
        assert list(followed) == expected
        assert logs.read(session, project, task, job.job_uuid, last_n_lines=2) == expected[-2:]
        logs.save(session, project, task, job.job_uuid, tmp_path / "log")
    assert (tmp_path / "log").read_text().splitlines() == expected
