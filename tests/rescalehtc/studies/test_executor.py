"""Futures of jobs behave as the standard library says."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, CancelledError, as_completed, wait
from typing import Any

import pytest

from rescalehtc import JobDefinition, JobExecutor, aio
from rescalehtc.exceptions import HtcJobsFailedError, HtcPayloadError, HtcSubmissionError
from tests.support.both_kinds import async_session, sync_session
from tests.support.memory_service import FINAL, MemoryService

from .test_own_counts import TASK

QUICK: dict[str, Any] = {"min_interval_seconds": 0.01, "max_interval_seconds": 0.02, "gather_seconds": 0.05}
SOLVER = JobDefinition(image_name="a:b", commands=["solve"])


@pytest.fixture
def service() -> Iterator[MemoryService]:
    """Jobs end as soon as they are looked at."""
    service = MemoryService()

    def before(method: str, path: str) -> None:
        if path.endswith("statistics"):
            for job in service.jobs:
                if job.status not in FINAL and "hold" not in job.batch["htcJobDefinition"].get("commands", ()):
                    failing = "fail" in job.batch["htcJobDefinition"].get("commands", ())
                    service.end(job, "FAILED" if failing else "SUCCEEDED")

    service.before = before
    return service


@pytest.mark.slow
def test_many_within_a_moment_are_few_batches(service: MemoryService) -> None:
    with JobExecutor(sync_session(service), TASK, **{**QUICK, "gather_seconds": 1.0}) as executor:
        futures = [executor.submit(SOLVER, {"x": number}) for number in range(400)]
        futures += [executor.submit(["mesh", "a"], image_name="mesh:1", max_vcpus=2) for _ in range(3)]
        done = {future: future.result(30) for future in as_completed(futures, 30)}
    assert service.posts == 1
    assert len(service.batches) == 2
    assert [done[future].parameters for future in futures[:400]] == [{"x": number} for number in range(400)]


def test_map_keeps_the_order(service: MemoryService) -> None:
    with JobExecutor(sync_session(service), TASK, **QUICK) as executor:
        rows = [{"x": number} for number in range(10)]
        assert [result.parameters for result in executor.map(SOLVER, rows, timeout=30)] == rows


def test_wait_and_errors(service: MemoryService) -> None:
    with JobExecutor(sync_session(service), TASK, raise_on_failure=True, **QUICK) as executor:
        good, bad = executor.submit(SOLVER), executor.submit(["fail"], image_name="a:b")
        done, _ = wait([good, bad], 30, FIRST_COMPLETED)
        assert done
        done, left = wait([good, bad], 30, ALL_COMPLETED)
        assert (len(done), len(left)) == (2, 0)
        assert good.result().succeeded
        assert isinstance(bad.exception(), HtcJobsFailedError)


def test_cancelled_before_it_is_sent(service: MemoryService) -> None:
    with JobExecutor(sync_session(service), TASK, **{**QUICK, "gather_seconds": 0.5}) as executor:
        first, second = executor.submit(SOLVER), executor.submit(["other"], image_name="a:b")
        assert first.cancel()
        assert second.result(30).succeeded
    assert len(service.jobs) == 1
    with pytest.raises(CancelledError):
        first.result()


def test_running_jobs_cannot_be_cancelled_one_by_one_but_all_together(service: MemoryService) -> None:
    with JobExecutor(sync_session(service), TASK, **QUICK) as executor:
        future = executor.submit(["hold"], image_name="a:b")
        while not future.running() or not service.jobs:
            threading.Event().wait(0.005)
        assert not future.cancel()
        assert executor.cancel_jobs().cancelled == 1
        assert not future.result(30).succeeded


def test_shutdown(service: MemoryService) -> None:
    executor = JobExecutor(sync_session(service), TASK, **{**QUICK, "gather_seconds": 60})
    kept = executor.submit(SOLVER)
    executor.shutdown()
    assert kept.result(0).succeeded
    with pytest.raises(RuntimeError, match="after shutdown"):
        executor.submit(SOLVER)
    executor = JobExecutor(sync_session(service), TASK, **{**QUICK, "gather_seconds": 60})
    dropped = executor.submit(SOLVER)
    executor.shutdown(cancel_futures=True)
    assert dropped.cancelled()
    assert len(service.jobs) == 1


def test_a_lost_response_reaches_the_futures(service: MemoryService) -> None:
    service.lose = lambda number: True
    with JobExecutor(sync_session(service), TASK, **QUICK) as executor:
        assert isinstance(executor.submit(SOLVER).exception(30), HtcSubmissionError)
    assert len(service.jobs) == 1


def test_definitions_that_are_not_a_single_job(service: MemoryService) -> None:
    with JobExecutor(sync_session(service), TASK, **QUICK) as executor:
        for wrong in (JobDefinition(image_name="a:b", count=2), JobDefinition(image_name="a:b", first_index=1)):
            with pytest.raises(HtcPayloadError, match="one job"):
                executor.submit(wrong)
        with pytest.raises(HtcPayloadError, match="image_name belong in the definition"):
            executor.submit(SOLVER, image_name="a:b")
        with pytest.raises(HtcPayloadError, match=r"commands must be a list such as .*, not str"):
            executor.submit("solve", image_name="a:b")


def test_in_an_event_loop_through_wrap_future(service: MemoryService) -> None:
    async def main() -> bool:
        with JobExecutor(sync_session(service), TASK, **QUICK) as executor:
            return (await asyncio.wrap_future(executor.submit(SOLVER))).succeeded

    assert asyncio.run(main())


@pytest.mark.slow
async def test_the_async_form(service: MemoryService) -> None:
    async with async_session(service) as session:
        async with aio.JobExecutor(session, TASK, **QUICK) as executor:
            results = await asyncio.gather(*(executor.submit(SOLVER, {"x": number}) for number in range(300)))
            assert [result.parameters["x"] for result in results] == list(range(300))
            cancelled = executor.submit(["never"], image_name="a:b")
            cancelled.cancel()
            assert (await executor.submit(SOLVER)).succeeded
        assert (service.posts, len(service.jobs)) == (2, 301)
        with pytest.raises(RuntimeError):
            executor.submit(SOLVER)
