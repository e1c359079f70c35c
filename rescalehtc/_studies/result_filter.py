"""Decides which jobs of a task are results of a target."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from rescalehtc_generated.models.htc_job import HTCJob

from .._records import statuses
from .._records.membership import Membership
from .._records.odd_values import text
from .._records.results import JobResult
from .._records.submission import Submission
from .._utils.protocols import HasTask
from .._utils.redaction import shown
from ..exceptions import HtcPayloadError

Attempts: TypeAlias = Literal["newest", "all"]
"""For jobs that were submitted again: the newest attempt, or every attempt."""


def owns_jobs(target: object) -> Callable[[str], bool] | None:
    """Whether the job with an ID belongs to a target, in its newest attempt; None for a task, to which all belong."""
    if isinstance(target, Submission):
        return Membership(target).owns
    parents: list[str] | None = getattr(target, "parent_job_ids", None)
    if parents is None:
        return None
    known = frozenset(parents)
    return lambda job_id: job_id.rpartition(":")[0] in known


class ResultFilter:
    """Makes results of the jobs that have ended and belong to a task or submission."""

    def __init__(self, target: HasTask, attempts: Attempts = "newest") -> None:
        if attempts not in ("newest", "all"):
            raise HtcPayloadError(f"attempts must be 'newest' or 'all', not {shown(attempts)}.")
        self._submission = target if isinstance(target, Submission) else None
        self._members = None if self._submission is None else Membership(self._submission)
        self._takes_all = attempts == "all"
        self._owns = owns_jobs(target)

    def __call__(self, job: HTCJob) -> JobResult | None:
        """The result of a job, None if it has not ended or does not belong to the target."""
        if text(job.status) not in statuses.FINAL:
            return None
        job_id = text(job.job_uuid)
        if self._members is None or self._submission is None:
            return JobResult.of(job) if self._owns is None or self._owns(job_id) else None
        member = self._members.find(job_id)
        if member is None or not (self._takes_all or self._members.is_newest(member)):
            return None
        rows = self._submission.definitions[member.batch.definition].parameters
        return JobResult.of(
            job,
            index=member.index,
            attempt=member.attempt,
            definition=self._submission.origins[member.batch.definition],
            parameters=None if rows is None else rows[member.index],
        )
