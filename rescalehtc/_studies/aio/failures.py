"""What an exception says about failed jobs."""

from __future__ import annotations

import attrs

from rescalehtc_generated.api.job import list_jobs
from rescalehtc_generated.client import AsyncSession
from rescalehtc_generated.models.log_order import LogOrder

from ..._records import statuses
from ..._records.counts import JobCounts
from ..._records.masking import without_secrets
from ..._records.results import JobFailure, JobResult
from ..._utils.protocols import HasTask, WaitTarget
from ...exceptions import HtcJobsFailedError
from ..log_lines import line_text, log_call
from ..result_filter import ResultFilter
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
    found: list[JobResult] = []
    result_of = ResultFilter(target)
    for status in sorted(statuses.FAILED):
        wanted = len(found) + min(counts.by_status.get(status, 0), max_failures - len(found))
        job_ids = None if only is None else [only]
        call = list_jobs.call(target.project_id, target.task_id, group=group, job_ids=job_ids, status=status)
        if len(found) < wanted:
            async for job in session.stream(call):
                result = result_of(job)
                if result is not None:
                    found.append(attrs.evolve(result, job=without_secrets(result.job)))
                    if len(found) == wanted:
                        break
    failures = [JobFailure(result, await _last_lines(session, target, result.job_id, log_lines)) for result in found]
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
    call = log_call(target.project_id, target.task_id, job_id, min(number, _LOG_PAGE), LogOrder.DESC)
    return [line_text(event) for event in reversed(await session.collect(call, number))]
