"""Counts jobs by status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from rescalehtc_generated.api.job import get_job, list_jobs
from rescalehtc_generated.api.task import get_task_summary_statistics, list_group_summary_statistics
from rescalehtc_generated.client import AsyncSession

from ..._records.counts import JobCounts
from ..._records.odd_values import text
from ..._records.submission import Submission
from ..._utils.protocols import WaitTarget
from ..own_counts import from_group, read_counts
from ..result_filter import owns_jobs
from ..wait_rules import group_of, single_job


async def count_jobs(session: AsyncSession, target: WaitTarget, group: str | None) -> JobCounts:
    """Count the jobs of a task, one of its groups, or a single job, by status."""
    job_id = single_job(target)
    if job_id is not None:
        job = await session.send(get_job.call(target.project_id, target.task_id, job_id))
        return JobCounts({str(job.status): 1})
    if group is None:
        summary = await session.send(get_task_summary_statistics.call(target.project_id, target.task_id))
        return read_counts(summary.job_statuses)
    call = list_group_summary_statistics.call(target.project_id, target.task_id, group=[group])
    for summary in await session.collect(call):
        if summary.group == group:
            return read_counts(summary.job_statuses)
    # The service does not know a group before its first job.
    return JobCounts({})


class AsyncOwnCounts:
    """Counts only the jobs of a target, with the cheapest calls that can distinguish them from others.

    A submission with a group of its own costs one small response. In a group that it shares, the jobs from before are
    subtracted if they had ended; else its jobs are listed whenever the counts of the group have changed.
    """

    def __init__(self, session: AsyncSession, target: WaitTarget, group: str | None) -> None:
        self._session, self._target = session, target
        self._group = group_of(target) if group is None else group
        self._owns = owns_jobs(target) if group is None and single_job(target) is None else None
        self._seen: tuple[JobCounts, JobCounts] | None = None
        self._skipped = 0
        self._listed = False

    async def count(self) -> JobCounts:
        """The current counts."""
        whole = await count_jobs(self._session, self._target, self._group)
        if self._owns is None:
            return whole
        own = from_group(self._target, whole) if isinstance(self._target, Submission) else None
        self._listed = own is None
        if own is not None:
            return own
        if self._seen is not None and self._seen[0] == whole and whole.remaining and self._skipped < _LONGEST_SKIP:
            self._skipped += 1
            return self._seen[1]
        own, self._skipped = await self._list(self._owns), 0
        self._seen = whole, own
        return own

    async def confirm(self, counts: JobCounts) -> JobCounts:
        """Make sure of the counts. In a shared group, jobs of others may look like ours as long as the sum fits."""
        exclusive = isinstance(self._target, Submission) and self._target.has_own_group
        if self._owns is None or exclusive or (self._listed and not self._skipped):
            return counts
        return await self._list(self._owns)

    async def _list(self, owns: Callable[[str], bool]) -> JobCounts:
        numbers = Counter[str]()
        call = list_jobs.call(self._target.project_id, self._target.task_id, group=self._group)
        async for job in self._session.stream(call):
            if owns(text(job.job_uuid)):
                numbers[str(job.status)] += 1
        return JobCounts(dict(numbers))


_LONGEST_SKIP = 10
