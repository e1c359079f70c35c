"""What an exception says about failed jobs."""

from __future__ import annotations

from rescalehtc_generated.api.job import list_job_logs, list_jobs
from rescalehtc_generated.client import AsyncSession
from rescalehtc_generated.models.log_order import LogOrder

from ..._records import statuses
from ..._records.counts import JobCounts
from ..._records.results import JobFailure
from ..._utils.protocols import HasTask, WaitTarget
from ...exceptions import HtcJobsFailedError
from ..wait_rules import single_job

_LOG_PAGE = 5000


async def jobs_failed(
    session: AsyncSession,
    target: WaitTarget,
    group: str | None,
    counts: JobCounts,
    log_lines: int,
    max_failures: int,
) -> HtcJobsFailedError:
    """The exception for failed jobs, with at most ``max_failures`` of them and their last log lines."""
    only = single_job(target)
    failures: list[JobFailure] = []
    for status in sorted(statuses.FAILED):
        wanted = min(counts.by_status.get(status, 0), max_failures - len(failures))
        if wanted > 0:
            job_ids = None if only is None else [only]
            call = list_jobs.call(target.project_id, target.task_id, group=group, job_ids=job_ids, status=status)
            for job in await session.collect(call, wanted):
                failures.append(JobFailure.of(job, await _last_lines(session, target, job.job_uuid, log_lines)))
    shown = "\n".join(str(failure) for failure in failures)
    more = counts.failed - len(failures)
    error = HtcJobsFailedError(
        f"{counts.failed} of {counts.total} jobs failed:\n{shown}" + (f"\n… and {more} more" if more > 0 else "")
    )
    error.counts, error.failures = counts, failures
    return error


async def _last_lines(session: AsyncSession, target: HasTask, job_id: str, number: int) -> list[str]:
    if number <= 0:
        return []
    call = list_job_logs.call(
        target.project_id, target.task_id, job_id, page_size=min(number, _LOG_PAGE), sort=LogOrder.DESC
    )
    return [event.message for event in reversed(await session.collect(call, number))]
