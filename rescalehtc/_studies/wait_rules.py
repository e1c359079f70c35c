"""When a wait ends, and how long it pauses between calls."""

from __future__ import annotations

import math
import sys
from typing import Literal, TypeAlias

from .._records.counts import JobCounts
from .._utils.arguments import check_integer, check_seconds
from .._utils.protocols import WaitTarget
from .._utils.redaction import shown
from ..exceptions import HtcPayloadError, HtcWaitStoppedError, HtcWaitTimeoutError

Until: TypeAlias = Literal["all", "any"] | float
"""How many jobs must have ended: all, at least one, or a fraction of them between 0 and 1."""


def check_intervals(
    min_interval_seconds: float, max_interval_seconds: float, deadline_seconds: float | None = None
) -> None:
    """Check how often and how long a wait looks.

    Raises:
        HtcPayloadError: An argument is out of its range.
    """
    check_seconds("min_interval_seconds", min_interval_seconds, may_be_zero=False)
    check_seconds("max_interval_seconds", max_interval_seconds, may_be_zero=False)
    if min_interval_seconds > max_interval_seconds:
        raise HtcPayloadError("min_interval_seconds must be at most max_interval_seconds.")
    if deadline_seconds is not None:
        check_seconds("deadline_seconds", deadline_seconds)


def check_goal(until: Until, expected: int | None) -> None:
    """Check what a wait is for.

    Raises:
        HtcPayloadError: An argument is out of its range.
    """
    is_fraction = isinstance(until, int | float) and not isinstance(until, bool) and 0 < until <= 1
    if not is_fraction and until not in ("all", "any"):
        raise HtcPayloadError(f"until must be 'all', 'any' or a fraction of the jobs, up to 1, not {shown(until)}.")
    if expected is not None:
        check_integer("expected", expected, 0)


def needed(until: Until, total: int) -> int:
    """How many of ``total`` jobs must have ended."""
    if until == "all":
        return total
    if until == "any":
        return min(total, 1)
    # 0.1 * 30 is 3.0000000000000004, which must not become 4.
    return math.ceil(round(until * total, 6))


def next_interval(interval: float, seen: JobCounts | None, counts: JobCounts, shortest: float, longest: float) -> float:
    """Seconds until the next call: shorter while counts change, longer while they do not."""
    interval *= 0.5 if seen is not None and counts != seen else 1.5
    return min(max(interval, shortest), longest)


def group_of(target: object) -> str | None:
    """The group of a target that has one."""
    # An empty name is no group.
    return getattr(target, "group", None) or None


def expected_jobs(target: WaitTarget) -> int:
    """How many jobs the counts must hold before they are complete, as far as the target knows."""
    return getattr(target, "job_count", 0)


def single_job(target: WaitTarget) -> str | None:
    """The ID of a target that is a single job."""
    return getattr(target, "job_id", None)


def is_interruption(error: BaseException) -> bool:
    """Whether it is Ctrl-C, which an event loop turns into a cancellation of its task."""
    asyncio = sys.modules.get("asyncio")
    return isinstance(error, KeyboardInterrupt) or (asyncio is not None and isinstance(error, asyncio.CancelledError))


def wait_stopped(counts: JobCounts) -> HtcWaitStoppedError:
    """The exception for a wait that was stopped."""
    error = HtcWaitStoppedError(f"The wait was stopped: {counts}.")
    error.counts = counts
    return error


def timed_out(deadline_seconds: float, counts: JobCounts) -> HtcWaitTimeoutError:
    """The exception for a wait whose deadline has passed."""
    error = HtcWaitTimeoutError(f"After {deadline_seconds:g} seconds, {counts}.")
    error.counts = counts
    return error
