"""A cancellation returns when the jobs have really ended."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from rescalehtc import JobDefinition, aio, submit, wait
from rescalehtc.exceptions import HtcCancelError, HtcWaitTimeoutError
from tests.support.both_kinds import async_session, sync_session
from tests.support.memory_service import MemoryService

from .test_own_counts import FAST, TASK

JOBS = JobDefinition(image_name="a:b", count=4)


@pytest.mark.slow
def test_only_our_jobs_are_cancelled_and_other_ends_are_reported(
    study: Any, service: MemoryService, time_passed: Any
) -> None:
    study.submit(TASK, JOBS)
    submission = study.submit(TASK, JOBS)
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
    result = study.cancel(submission)
    assert asked == 2
    assert time_passed() == [1.0]
    assert result.counts.ended == 4
    assert result.cancelled == 1
    assert {job.job_id for job in result.otherwise} == {mine[1].id, mine[2].id}
    assert str(result) == "1 jobs cancelled, 2 ended otherwise"
    assert {job.status for job in service.jobs[:4]} == {"SUBMITTED_TO_RESCALE"}


def test_jobs_of_others_are_not_cancelled_by_default(study: Any, service: MemoryService, time_passed: Any) -> None:
    study.submit(TASK, JOBS, group="shared")
    submission = study.submit(TASK, JOBS, group="shared")
    with pytest.raises(HtcCancelError, match="4 jobs of others"):
        study.cancel(submission)
    assert {job.status for job in service.jobs} == {"SUBMITTED_TO_RESCALE"}
    assert study.cancel(submission, others=True).counts.failed == 4


def test_it_does_not_wait_forever(study: Any, service: MemoryService, time_passed: Any) -> None:
    submission = study.submit(TASK, JOBS)
    service.uncancellable = {service.jobs[0].id}
    with pytest.raises(HtcWaitTimeoutError) as caught:
        study.cancel(submission, deadline_seconds=100)
    assert caught.value.counts.remaining == 1


def test_ctrl_c_cancels_if_asked(time_passed: Any) -> None:
    service = MemoryService()
    session = sync_session(service)
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
    async with async_session(service) as session:
        submission = await aio.submit(session, TASK, JOBS)
        waiting = asyncio.create_task(aio.wait(session, submission, cancel_on_interrupt=True))
        while not any(call.endswith("statistics") for call in service.calls):  # noqa: ASYNC110
            await asyncio.sleep(0.001)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    assert {job.status for job in service.jobs} == {"FAILED"}
