"""Statuses, exit codes and times of many jobs at once."""

from __future__ import annotations

from collections.abc import AsyncIterator

from rescalehtc_generated.api.job import list_jobs
from rescalehtc_generated.client import AsyncSession
from rescalehtc_generated.models.rescale_job_status import RescaleJobStatus

from .._records.results import JobFailure, JobResult, JobResults, to_records
from .._studies.result_filter import Attempts, ResultFilter
from .._studies.session_check import check_async
from .._studies.wait_rules import group_of
from .._utils.protocols import HasTask

__all__ = ["Attempts", "JobFailure", "JobResult", "JobResults", "get_results", "iter_results", "to_records"]


async def iter_results(
    session: AsyncSession,
    target: HasTask,
    *,
    group: str | None = None,
    status: RescaleJobStatus | str | None = None,
    attempts: Attempts = "newest",
    page_size: int | None = None,
) -> AsyncIterator[JobResult]:
    """The jobs that have ended, one by one, page by page.

    Args:
        session: Session to use.
        target: A task, or a submission, which returns its own jobs only.
        group: Only jobs of this group. A submission has its own.
        status: Only jobs in this final status, such as ``FAILED``.
        attempts: Of jobs that were submitted again, the ``newest`` attempt or ``all``.
        page_size: Jobs in one response, None for the service's default; it may refuse large ones.

    Raises:
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
    """
    check_async(session, "iter_results", target)
    result_of = ResultFilter(target, attempts)
    call = list_jobs.call(
        target.project_id,
        target.task_id,
        group=group_of(target) if group is None else group,
        status=status,
        page_size=page_size,
    )
    async for job in session.stream(call):
        result = result_of(job)
        if result is not None:
            yield result


async def get_results(
    session: AsyncSession,
    target: HasTask,
    *,
    group: str | None = None,
    status: RescaleJobStatus | str | None = None,
    attempts: Attempts = "newest",
    page_size: int | None = None,
) -> JobResults:
    """The jobs that have ended, as a list that renders as a table; see :func:`iter_results`.

    Raises:
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
    """
    check_async(session, "get_results", target)
    results = JobResults()
    async for result in iter_results(
        session, target, group=group, status=status, attempts=attempts, page_size=page_size
    ):
        results.append(result)
    return results
