"""Submitting, waiting and gathering against real jobs, also when the connection breaks at the worst moment."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from rescalehtc import (
    AsyncHtcSession,
    JobDefinition,
    aio,
    api,
    get_results,
    htcjobs,
    submit,
    wait,
)
from rescalehtc.exceptions import HtcJobsFailedError, HtcSubmissionError, HtcWaitTimeoutError

pytestmark = pytest.mark.slow

QUICK: dict[str, Any] = {"min_interval_seconds": 0.02, "max_interval_seconds": 0.2}
INDEX = 'index=$((HTC_JOB_INDEX_OFFSET + AWS_BATCH_JOB_ARRAY_INDEX)); echo "index $index"; [ $index != 4 ]'
JOB = JobDefinition(image_name="solver:latest", commands=["sh", "-c", INDEX], count=6)


def test_from_submission_to_results(session: Any, real_task: Any) -> None:
    submission = submit(session, real_task, JOB, jobs_per_batch=2, group="night")
    counts = wait(session, submission, **QUICK)
    assert (counts.succeeded, counts.failed) == (5, 1)
    results = get_results(session, submission)
    assert sorted(result.index for result in results if result.index is not None) == list(range(6))
    assert [(result.index, result.exit_code, str(result.failure_code)) for result in results.failed] == [
        (4, 1, "ErrorNonZeroContainerExitCode")
    ]
    assert all(result.running_seconds is not None and result.running_seconds >= 0 for result in results)
    with pytest.raises(HtcJobsFailedError, match="ErrorNonZeroContainerExitCode, exit code 1\n    index 4"):
        wait(session, submission, raise_on_failure=True, failure_log_lines=1, **QUICK)


def test_the_same_async(server: Any, real_task: Any) -> None:
    async def main() -> list[int | None]:
        async with AsyncHtcSession(api_key=server.api_key, base_url=server.url) as session:
            submission = await aio.submit(session, real_task, JOB, jobs_per_batch=2)
            await aio.wait(session, submission, **QUICK)
            return [result.index for result in await aio.get_results(session, submission)]

    assert sorted(index for index in asyncio.run(main()) if index is not None) == list(range(6))


@pytest.mark.parametrize("fault", ["cut_after_execution", "cut_during", "truncated", "html"])
def test_a_lost_response_submits_nothing_twice(
    server: Any, session: Any, real_task: Any, tmp_path: Path, fault: str
) -> None:
    server.faults.add(fault, "submitJobs", skip=1, **({"executed": True} if fault == "html" else {}))
    cut: dict[str, Any] = {"jobs_per_batch": 2, "batches_per_call": 1, "journal": tmp_path / "journal"}
    with pytest.raises(HtcSubmissionError) as caught:
        submit(session, real_task, JOB, **cut)
    assert [part.state for part in caught.value.submission.parts] == ["accepted", "unknown", "pending"]
    submission = submit(session, real_task, JOB, **cut)
    jobs = api.get_htc_projects_tasks_jobs(session, real_task.project_id, real_task.task_id)
    assert [job.job_uuid for job in jobs] == list(submission.job_ids)
    assert len(jobs) == 6


def test_a_call_that_never_arrived_can_be_repeated(server: Any, session: Any, real_task: Any, tmp_path: Path) -> None:
    server.faults.add("cut_before", "submitJobs")
    with pytest.raises(HtcSubmissionError):
        submit(session, real_task, JOB, journal=tmp_path / "journal")
    with pytest.raises(HtcSubmissionError, match="not known whether"):
        submit(session, real_task, JOB, journal=tmp_path / "journal")
    assert submit(session, real_task, JOB, journal=tmp_path / "journal", unknown="repeat").complete
    assert len(api.get_htc_projects_tasks_jobs(session, real_task.project_id, real_task.task_id)) == 6


def test_waiting_continues_after_a_failed_count(server: Any, session: Any, real_task: Any) -> None:
    server.faults.add("status", "getTaskSummaryStatistics", status=503, retry_after=0, times=2)
    submission = submit(session, real_task, JobDefinition(image_name="solver:latest", commands=["true"]))
    assert wait(session, submission, **QUICK).succeeded == 1


def test_a_batch_of_1_1_0_and_a_single_job(session: Any, real_task: Any) -> None:
    htcjobs.create_single_job(session, real_task, "ON_DEMAND_ECONOMY", "solver:latest", 600, commands=["sleep", "60"])
    batch = htcjobs.create_job_batch(
        session, real_task, 2, "ON_DEMAND_ECONOMY", "solver:latest", 600, commands=["sh", "-c", "echo bye; exit 3"]
    )
    first = batch.to_jobs()[0]
    assert wait(session, first, **QUICK).failed == 1
    with pytest.raises(HtcJobsFailedError, match=r"1 of 1 jobs failed:\n.*exit code 3\n    bye") as caught:
        wait(session, first, raise_on_failure=True, failure_log_lines=1, **QUICK)
    assert [failure.result.job_id for failure in caught.value.failures] == [first.job_id]
    with pytest.raises(HtcWaitTimeoutError, match="of 3 jobs ended"):
        wait(session, real_task, deadline_seconds=0.1, **QUICK)
    real_task.cancel_jobs_in_task(session)
    assert wait(session, batch, **QUICK).total == 2
    assert wait(session, real_task, **QUICK).total == 3
    assert [result.exit_code for result in get_results(session, batch)] == [3, 3]
    assert len(get_results(session, real_task)) == 3
