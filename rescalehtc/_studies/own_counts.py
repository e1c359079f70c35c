"""The counts of a submission, from the counts of its group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, cast

from .._records.counts import JobCounts
from .._records.odd_values import integer
from .._records.parts import PartState
from .._records.submission import Submission
from ..exceptions import HtcDecodeError

_Counts: TypeAlias = Mapping[str, object]


def read_counts(by_status: object) -> JobCounts:
    """The counts that the service sent.

    Raises:
        HtcDecodeError: There are none, or they are not numbers; a wait that skipped one would end too early.
    """
    if by_status is None:
        raise HtcDecodeError("The service sent no counts of jobs.")
    counts: dict[str, int | None] = {}
    if isinstance(by_status, Mapping):
        counts = {status: integer(0 if count is None else count) for status, count in cast(_Counts, by_status).items()}
    if not isinstance(by_status, Mapping) or None in counts.values():
        raise HtcDecodeError("The service sent counts of jobs that are not numbers.")
    return JobCounts({status: count for status, count in counts.items() if count is not None})


def from_group(submission: Submission, whole: JobCounts) -> JobCounts | None:
    """The counts of the newest attempts of a submission's jobs, None if the group's counts do not show them.

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
