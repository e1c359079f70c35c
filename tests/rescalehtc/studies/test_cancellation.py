"""A cancellation returns when the jobs have really ended."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from rescalehtc import AsyncHtcSession, JobDefinition, aio, cancel, submit, wait
from rescalehtc.exceptions import HtcCancelError, HtcWaitTimeoutError
from tests.support.memory_service import transport

from .test_own_counts import FAST, TASK, MemoryService, connect

JOBS = JobDefinition(image_name="a:b", count=4)


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    from rescalehtc._studies import cancelling

    pauses: list[float] = []
    monkeypatch.setattr(cancelling, "pause", lambda seconds, stop=None: pauses.append(seconds))
    monkeypatch.setattr(cancelling, "monotonic", lambda: sum(pauses))
    return pauses


@pytest.mark.slow
def test_only_ours_end_and_what_ended_otherwise_is_said(no_pause: list[float]) -> None:
    service = MemoryService()
    session = connect(service)
    submit(session, TASK, JOBS)
    submission = submit(session, TASK, JOBS)
    mine = service.jobs[4:]
    service.end(mine[0])
    service.uncancellable = {mine[1].id, mine[2].id}
    asked = 0

    def before(method: str, path: str) -> None:
        nonlocal asked
        if path.endswith("cancel"):
            asked += 1
            if asked == 2:
                service.end(mine[1])
                service.end(mine[2], "FAILED", "ErrorTimeout")

    service.before = before
    result = cancel(session, submission)
    assert asked == 2
    assert no_pause == [1.0]
    assert result.counts.ended == 4
    assert result.cancelled == 1
    assert {job.job_id for job in result.otherwise} == {mine[1].id, mine[2].id}
    assert str(result) == "1 jobs cancelled, 2 ended otherwise"
    assert {job.status for job in service.jobs[:4]} == {"SUBMITTED_TO_RESCALE"}


def test_jobs_of_others_are_not_cancelled_unasked(no_pause: list[float]) -> None:
    service = MemoryService()
    session = connect(service)
    submit(session, TASK, JOBS, group="shared")
    submission = submit(session, TASK, JOBS, group="shared")
    with pytest.raises(HtcCancelError, match="4 jobs of others"):
        cancel(session, submission)
    assert {job.status for job in service.jobs} == {"SUBMITTED_TO_RESCALE"}
    assert cancel(session, submission, others=True).counts.failed == 4


def test_it_does_not_wait_for_ever(no_pause: list[float]) -> None:
    service = MemoryService()
    session = connect(service)
    submission = submit(session, TASK, JOBS)
    service.uncancellable = {service.jobs[0].id}
    with pytest.raises(HtcWaitTimeoutError) as caught:
        cancel(session, submission, deadline_seconds=100)
    assert caught.value.counts.remaining == 1


def test_ctrl_c_cancels_if_asked(no_pause: list[float]) -> None:
    service = MemoryService()
    session = connect(service)
    submission = submit(session, TASK, JOBS)

    def interrupt(counts: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        wait(session, submission, on_counts=interrupt, **FAST)
    assert {job.status for job in service.jobs} == {"SUBMITTED_TO_RESCALE"}
    with pytest.raises(KeyboardInterrupt):
        wait(session, submission, on_counts=interrupt, cancel_on_interrupt=True, **FAST)
    assert {job.status for job in service.jobs} == {"FAILED"}


async def test_a_cancelled_task_cancels_its_jobs_if_asked() -> None:
    service = MemoryService()
    client = httpx.AsyncClient(transport=transport(service))
    async with AsyncHtcSession(
        api_key="key-0123456789abcdef", base_url="http://localhost/api", http_client=client
    ) as session:
        submission = await aio.submit(session, TASK, JOBS)
        waiting = asyncio.create_task(aio.wait(session, submission, cancel_on_interrupt=True))
        while not any(call.endswith("statistics") for call in service.calls):  # noqa: ASYNC110
            await asyncio.sleep(0.001)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    assert {job.status for job in service.jobs} == {"FAILED"}
