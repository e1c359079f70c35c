"""The logs of many jobs are complete, in order, and read with bounded concurrency."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from rescalehtc import AsyncHtcSession, JobDefinition, aio, get_results, job_logs, submit, wait
from rescalehtc.exceptions import HtcNotFoundError
from rescalehtc.results import JobResult
from rescalehtc_generated.models import HTCJob
from tests.support.both_kinds import async_session

pytestmark = pytest.mark.slow

PRINT = ["sh", "-c", "echo first; echo job $AWS_BATCH_JOB_ARRAY_INDEX"]


@pytest.fixture
def submission(session: Any, real_task: Any) -> Any:
    done = submit(session, real_task, JobDefinition(image_name="solver:latest", commands=PRINT, count=7))
    wait(session, done, raise_on_failure=True, failure_log_lines=5, min_interval_seconds=0.02)
    return done


def test_all_lines_in_order(server: Any, session: Any, submission: Any) -> None:
    results = get_results(session, submission)
    expected = {result.job_id: ["first", f"job {result.index}"] for result in results}
    assert list(expected) == list(submission.job_ids)
    assert job_logs.get_logs(session, submission, results, concurrency=3) == expected
    assert job_logs.get_logs(session, submission, [result.job for result in results]) == expected

    async def main() -> dict[str, list[str]]:
        async with AsyncHtcSession(api_key=server.api_key, base_url=server.url) as opened:
            return await aio.job_logs.get_logs(opened, submission, submission.job_ids, concurrency=3)

    assert list(asyncio.run(main()).items()) == list(expected.items())


@pytest.mark.parametrize(("number", "expected"), [(1, ["job 0"]), (9, ["first", "job 0"]), (0, [])])
def test_the_last_lines(session: Any, submission: Any, number: int, expected: list[str]) -> None:
    job_id = next(submission.job_ids)
    assert job_logs.get_logs(session, submission, [job_id], last_n_lines=number) == {job_id: expected}


def test_a_log_that_cannot_be_read_does_not_stop_the_others(session: Any, submission: Any) -> None:
    good = next(submission.job_ids)
    missing = "00000000-0000-4000-8000-000000000000:0"
    outcomes = list(job_logs.iter_logs(session, submission, [missing, good]))
    assert [outcome.item for outcome in outcomes] == [missing, good]
    assert isinstance(outcomes[0].error, HtcNotFoundError)
    assert outcomes[1].result() == ["first", "job 0"]
    with pytest.raises(HtcNotFoundError):
        job_logs.get_logs(session, submission, [good, missing])


def test_concurrency_is_bounded(service: Any, task: Any) -> None:
    running = most = 0
    service.logs = {f"b:{index}": [str(index)] for index in range(40)}

    session = async_session(service)
    collect = session.collect

    async def counted(*arguments: Any) -> list[Any]:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        lines = await collect(*arguments)
        running -= 1
        return lines

    session.collect = counted
    assert asyncio.run(aio.job_logs.get_logs(session, task, service.logs, concurrency=4)) == service.logs
    assert most == 4


def test_a_job_may_be_an_id_or_any_object_that_has_one(study: Any, service: Any, task: Any) -> None:
    job = HTCJob.from_dict({"jobUUID": "b:0", "status": "FAILED"})
    service.logs = {"b:0": ["x"]}
    for reference in ("b:0", job, JobResult.of(job)):
        assert study.job_logs.get_logs(task, [reference]) == {"b:0": ["x"]}
