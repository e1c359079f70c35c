"""The counts of a submission, from the counts of its group."""

from __future__ import annotations

from collections.abc import Mapping

from .._records.counts import JobCounts
from .._records.parts import PartState
from .._records.submission import Submission


def from_group(submission: Submission, whole: JobCounts) -> JobCounts | None:
    """The counts of the newest attempts of a submission's jobs, None if the group's counts do not tell.

    Jobs that were replaced have ended, so their number by status does not change any more. The same holds for jobs
    from before the submission if all of them had ended.
    """
    others: list[Mapping[str, int]] = [submission.replaced]
    if not submission.has_own_group:
        before = submission.jobs_before
        if before is None or JobCounts(before).remaining:
            return None
        if whole.total != sum(before.values()) + submission.jobs_in(PartState.ACCEPTED):
            return None
        others.append(before)
    numbers = dict(whole.by_status)
    for each in others:
        for status, count in each.items():
            numbers[status] = numbers.get(status, 0) - count
    if submission.has_own_group:
        # Counts lag behind: a job that is known to have failed may still be counted as running.
        return JobCounts({status: max(count, 0) for status, count in numbers.items()})
    return JobCounts(numbers) if min(numbers.values(), default=0) >= 0 else None
