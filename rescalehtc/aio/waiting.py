"""Waiting for jobs to end: by counts, without polling every job."""

from __future__ import annotations

import math
from collections.abc import Callable

from rescalehtc_generated.client import AsyncSession

from .._records.counts import JobCounts
from .._studies.aio.cancelling import cancel_and_wait
from .._studies.aio.failures import jobs_failed
from .._studies.aio.job_counts import AsyncOwnCounts
from .._studies.session_check import check_async
from .._studies.wait_rules import (
    Until,
    check_goal,
    check_intervals,
    expected_jobs,
    group_of,
    is_interruption,
    needed,
    next_interval,
    timed_out,
    wait_stopped,
)
from .._utils.aio.scheduling import monotonic, pause
from .._utils.arguments import check_callable, check_integer
from .._utils.protocols import Stop, WaitTarget
from ..progress import Display, open_display

__all__ = ["JobCounts", "Stop", "Until", "WaitTarget", "wait"]


async def wait(
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
    max_failures: int = 20,
    cancel_on_interrupt: bool = False,
) -> JobCounts:
    """Wait until all jobs of a submission, a task or a group have ended, or a single job has.

    Polls the counts, one small response for any number of jobs. The interval grows while nothing changes and shrinks
    when something does.

    Args:
        session: Session to use.
        target: The result of :func:`rescalehtc.submission.submit`: only its own jobs count, each by its newest
            attempt, whatever else runs in the task. Or a task, or a single ``HtcJob``.
        until: ``all``, ``any``, or the fraction of the jobs that must have ended.
        group: Count all jobs of this group.
        expected: Number of jobs that the counts must reach before they are complete. A submission knows its own;
            without it, the wait for a task without jobs returns at once.
        deadline_seconds: Longest time to wait, None for no limit.
        min_interval_seconds: Shortest time between two calls.
        max_interval_seconds: Longest time between two calls; the service refreshes its counts every 30 seconds.
        stop: An event that ends the wait when it is set.
        on_counts: Called with the counts after each call.
        progress: A progress bar by status: None shows it in notebooks, and in terminals where the extra ``progress`` is
            installed, False never does, True requires it. Or pass your own display.
        raise_on_failure: Raise if jobs failed, as soon as the wait is over.
        failure_log_lines: With ``raise_on_failure``, the exception includes the last N log lines of each failed job.
        max_failures: With ``raise_on_failure``, the exception names at most N failed jobs; it counts all of them.
        cancel_on_interrupt: On Ctrl-C, cancel the jobs and wait until they have ended, before the interrupt is raised;
            see :func:`rescalehtc.cancellation.cancel`. A second Ctrl-C ends that wait too.

    Returns:
        The last counts.

    Raises:
        HtcWaitTimeoutError: The deadline has passed.
        HtcWaitStoppedError: ``stop`` was set.
        HtcJobsFailedError: Jobs failed and ``raise_on_failure`` is set.
        HtcMissingExtraError: ``progress`` is True and the extra is not installed.
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
        ValueError: An argument is out of its range.
    """
    check_async(session, "wait", target)
    check_intervals(min_interval_seconds, max_interval_seconds, deadline_seconds)
    check_goal(until, expected)
    check_callable("on_counts", on_counts)
    check_integer("failure_log_lines", failure_log_lines, 0)
    counter = AsyncOwnCounts(session, target, group)
    least = expected_jobs(target) if expected is None else expected
    start, interval = monotonic(), min_interval_seconds
    seen: JobCounts | None = None
    display = open_display(progress)
    try:
        while True:
            counts = await counter.count()
            total = max(counts.total, least)
            if counts.ended >= needed(until, total):
                counts = await counter.confirm(counts)
                total = max(counts.total, least)
            display.update(counts.by_status, total)
            if on_counts is not None:
                on_counts(counts)
            if counts.ended >= needed(until, total):
                break
            if stop is not None and stop.is_set():
                raise wait_stopped(counts)
            interval = next_interval(interval, seen, counts, min_interval_seconds, max_interval_seconds)
            seen = counts
            left = math.inf if deadline_seconds is None else start + deadline_seconds - monotonic()
            if left <= 0:
                raise timed_out(deadline_seconds or 0, counts)
            await pause(min(interval, left), stop)
    except BaseException as interruption:
        if cancel_on_interrupt and is_interruption(interruption):
            await cancel_and_wait(session, target, group, None, 0, others=False)
        raise
    finally:
        display.close()
    if raise_on_failure and counts.failed:
        group = group_of(target) if group is None else group
        raise await jobs_failed(session, target, group, counts, failure_log_lines, max_failures)
    return counts
