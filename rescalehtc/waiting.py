"""Waiting for jobs to end, by counts and without polling the jobs themselves."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

import attrs

from rescalehtc_generated.api.job import get_job, list_job_logs, list_jobs
from rescalehtc_generated.api.task import get_task_summary_statistics, list_group_summary_statistics
from rescalehtc_generated.models.log_order import LogOrder

from . import _statuses
from ._job_errors import HtcJobsFailedError, HtcWaitStoppedError, HtcWaitTimeoutError
from ._plans import Plan, Stop, ask, clock, collect, pause, run, run_async
from ._shared import HasTask, html_table
from .progress import Display, open_display
from .results import JobFailure

if TYPE_CHECKING:
    from rescalehtc_generated.client import AsyncSession, Session

__all__ = ["JobCounts", "Stop", "Until", "WaitTarget", "wait", "wait_async"]

Until: TypeAlias = Literal["all", "any"] | float
"""How many jobs shall have ended: all, at least one, or a fraction of them between 0 and 1."""

MAX_FAILURES = 20
_LOG_PAGE = 5000


class WaitTarget(HasTask, Protocol):
    """What can be waited for: a task, a single job, or a submission, which also says how many jobs to expect."""


@attrs.frozen(repr=False)
class JobCounts:
    """Number of jobs by status.

    Attributes:
        by_status: The counts as the service gave them.
    """

    by_status: Mapping[str, int]

    @property
    def total(self) -> int:
        """Number of jobs."""
        return sum(self.by_status.values())

    @property
    def succeeded(self) -> int:
        """Jobs that have ended well."""
        return self._sum(_statuses.SUCCEEDED)

    @property
    def failed(self) -> int:
        """Jobs that have failed or were cancelled."""
        return self._sum(_statuses.FAILED)

    @property
    def ended(self) -> int:
        """Jobs that have ended, well or not."""
        return self._sum(_statuses.FINAL)

    @property
    def remaining(self) -> int:
        """Jobs that have not ended yet."""
        return self.total - self.ended

    def _sum(self, statuses: frozenset[str]) -> int:
        return sum(count for status, count in self.by_status.items() if status in statuses)

    def __str__(self) -> str:
        present = [f"{count} {status}" for status, count in self.by_status.items() if count]
        return f"{self.ended} of {self.total} jobs ended" + (f" ({', '.join(present)})" if present else "")

    def __repr__(self) -> str:
        return f"JobCounts({', '.join(f'{status}={count}' for status, count in self.by_status.items() if count)})"

    def _repr_html_(self) -> str:
        return html_table(("status", "jobs"), [(status, count) for status, count in self.by_status.items()])


def wait(
    session: Session,
    target: WaitTarget,
    *,
    until: Until = "all",
    group: str | None = None,
    expected: int | None = None,
    deadline_seconds: float | None = None,
    min_interval_seconds: float = 1.0,
    max_interval_seconds: float = 30.0,
    stop: Stop | None = None,
    on_counts: Callable[[JobCounts], object] | None = None,
    progress: bool | Display | None = None,
    raise_on_failure: bool = False,
    failure_log_lines: int = 0,
    max_failures: int = MAX_FAILURES,
) -> JobCounts:
    """Return when the jobs of a task, of a group of it, or of a submission have ended, or one job has.

    Asks for the counts, one small answer whatever the number of jobs. The interval grows while nothing changes
    and shrinks when something does.

    Args:
        session: Session to use.
        target: A task, what :func:`rescalehtc.submission.submit` gave, or a single ``HtcJob``. The service counts
            by task and by group only: without a group, other jobs of the same task count as well.
        until: ``all``, ``any``, or the fraction of the jobs that shall have ended.
        group: Count only this group. A submission brings its own.
        expected: Number of jobs below which the counts are not complete yet. A submission brings its own; without
            one, a task without jobs is at once taken for ended.
        deadline_seconds: Longest time to wait, None for no limit.
        min_interval_seconds: Shortest time between two calls.
        max_interval_seconds: Longest time between two calls; the service refreshes its counts every 30 seconds.
        stop: An event that ends the wait when it is set.
        on_counts: Called with the counts after each call.
        progress: A bar by status: None shows it in notebooks, and in terminals where the extra ``progress`` is
            installed, False never, True insists; or a display of your own.
        raise_on_failure: Raise when jobs have failed, as soon as the wait is over.
        failure_log_lines: With ``raise_on_failure``, the exception has so many last log lines of each failed job.
        max_failures: With ``raise_on_failure``, the exception names so many failed jobs; it counts all of them.

    Returns:
        The last counts.

    Raises:
        HtcWaitTimeoutError: The deadline has passed.
        HtcWaitStoppedError: ``stop`` was set.
        HtcJobsFailedError: Jobs have failed and ``raise_on_failure`` is set.
        HtcMissingExtraError: ``progress`` is True and the extra is not installed.
        HtcException: One of its family, when a call fails or is refused.
        ValueError: An argument is out of its range.
    """
    return run(
        session,
        _wait(
            target,
            until,
            group,
            expected,
            deadline_seconds,
            min_interval_seconds,
            max_interval_seconds,
            stop,
            on_counts,
            progress,
            raise_on_failure,
            failure_log_lines,
            max_failures,
        ),
    )


async def wait_async(
    session: AsyncSession,
    target: WaitTarget,
    *,
    until: Until = "all",
    group: str | None = None,
    expected: int | None = None,
    deadline_seconds: float | None = None,
    min_interval_seconds: float = 1.0,
    max_interval_seconds: float = 30.0,
    stop: Stop | None = None,
    on_counts: Callable[[JobCounts], object] | None = None,
    progress: bool | Display | None = None,
    raise_on_failure: bool = False,
    failure_log_lines: int = 0,
    max_failures: int = MAX_FAILURES,
) -> JobCounts:
    """Wait with an async session; everything else is as in :func:`wait`. Cancelling the task ends the wait too."""
    return await run_async(
        session,
        _wait(
            target,
            until,
            group,
            expected,
            deadline_seconds,
            min_interval_seconds,
            max_interval_seconds,
            stop,
            on_counts,
            progress,
            raise_on_failure,
            failure_log_lines,
            max_failures,
        ),
    )


def _wait(
    target: WaitTarget,
    until: Until,
    group: str | None,
    expected: int | None,
    deadline_seconds: float | None,
    min_interval_seconds: float,
    max_interval_seconds: float,
    stop: Stop | None,
    on_counts: Callable[[JobCounts], object] | None,
    progress: bool | Display | None,
    raise_on_failure: bool,
    failure_log_lines: int,
    max_failures: int,
) -> Plan[JobCounts]:
    _check(until, min_interval_seconds, max_interval_seconds)
    if group is None:
        group = getattr(target, "group", None)
    least: int = _known_jobs(target) if expected is None else expected
    start = yield from clock()
    interval = min_interval_seconds
    seen: JobCounts | None = None
    display = open_display(progress)
    try:
        while True:
            counts = yield from count(target, group)
            display.update(counts.by_status, max(counts.total, least))
            if on_counts is not None:
                on_counts(counts)
            if counts.ended >= _needed(until, max(counts.total, least)):
                break
            if stop is not None and stop.is_set():
                error = HtcWaitStoppedError(f"The wait was stopped: {counts}.")
                error.counts = counts
                raise error
            # Many jobs that end one by one deserve a closer look than a long queue.
            interval *= 0.5 if seen is not None and counts != seen else 1.5
            interval = min(max(interval, min_interval_seconds), max_interval_seconds)
            seen = counts
            left = math.inf
            if deadline_seconds is not None:
                left = start + deadline_seconds - (yield from clock())
            if left <= 0:
                error = HtcWaitTimeoutError(f"After {deadline_seconds:g} seconds, {counts}.")
                error.counts = counts
                raise error
            yield from pause(min(interval, left), stop)
    finally:
        display.close()
    if raise_on_failure and counts.failed:
        yield from _raise_failed(target, group, counts, failure_log_lines, max_failures)
    return counts


def _check(until: Until, min_interval_seconds: float, max_interval_seconds: float) -> None:
    if isinstance(until, str):
        if until not in ("all", "any"):
            raise ValueError(f"until must be 'all', 'any' or a fraction, not {until!r}")
    elif not 0 < until <= 1:
        raise ValueError(f"a fraction of the jobs must be above 0 and not above 1, not {until}")
    if not 0 < min_interval_seconds <= max_interval_seconds:
        raise ValueError("the intervals must be above 0, and the longest not below the shortest")


def _needed(until: Until, total: int) -> int:
    if until == "all":
        return total
    if until == "any":
        return min(total, 1)
    # 0.1 * 30 is 3.0000000000000004, which must not become 4.
    return math.ceil(round(until * total, 6))


def count(target: WaitTarget, group: str | None) -> Plan[JobCounts]:
    """The jobs by status: of a task, of one of its groups, or of a single job."""
    if only := _only(target):
        job = yield from ask(get_job.call(target.project_id, target.task_id, only[0]))
        return JobCounts({str(job.status): 1})
    if group is None:
        summary = yield from ask(get_task_summary_statistics.call(target.project_id, target.task_id))
        return JobCounts(summary.job_statuses or {})
    call = list_group_summary_statistics.call(target.project_id, target.task_id, group=[group])
    for summary in (yield from collect(call)):
        if summary.group == group:
            return JobCounts(summary.job_statuses or {})
    # A group is unknown until its first job is.
    return JobCounts({})


def _known_jobs(target: WaitTarget) -> int:
    """How many jobs the counts must hold before they are complete, as far as the target knows."""
    own: int = getattr(target, "job_count", 0)
    before: int | None = getattr(target, "jobs_before", None)
    return own + (before or 0)


def _only(target: WaitTarget) -> list[str] | None:
    """The identifier of a target that is a single job."""
    job_id: str | None = getattr(target, "job_id", None)
    return None if job_id is None else [job_id]


def _raise_failed(
    target: WaitTarget, group: str | None, counts: JobCounts, log_lines: int, max_failures: int
) -> Plan[None]:
    failures: list[JobFailure] = []
    for status in sorted(_statuses.FAILED):
        wanted = min(counts.by_status.get(status, 0), max_failures - len(failures))
        if wanted > 0:
            call = list_jobs.call(target.project_id, target.task_id, group=group, job_ids=_only(target), status=status)
            for job in (yield from collect(call, wanted)):
                lines = yield from _last_lines(target, job.job_uuid, log_lines)
                failures.append(JobFailure.of(job, lines))
    shown = "\n".join(str(failure) for failure in failures)
    more = counts.failed - len(failures)
    error = HtcJobsFailedError(
        f"{counts.failed} of {counts.total} jobs failed:\n{shown}" + (f"\n… and {more} more" if more > 0 else "")
    )
    error.counts, error.failures = counts, failures
    raise error


def _last_lines(target: HasTask, job_id: str, number: int) -> Plan[list[str]]:
    if number <= 0:
        return []
    call = list_job_logs.call(
        target.project_id, target.task_id, job_id, page_size=min(number, _LOG_PAGE), sort=LogOrder.DESC
    )
    return [event.message for event in reversed((yield from collect(call, number)))]
