"""The result of a cancellation."""

from __future__ import annotations

import attrs

from .counts import JobCounts
from .results import JobResults


@attrs.frozen(repr=False)
class Cancellation:
    """How cancelled jobs ended.

    Attributes:
        counts: Number of jobs by status when all of them had ended.
        cancelled: Number of jobs that the cancellation ended, according to the service's events.
        otherwise: Jobs that were unfinished when they were cancelled, but ended otherwise: they succeeded, or failed on
            their own.
        unchecked: Number of failed jobs whose events were not read, because there were too many.
    """

    counts: JobCounts
    cancelled: int
    otherwise: JobResults
    unchecked: int

    def __str__(self) -> str:
        unchecked = f", {self.unchecked} failed and were not checked" if self.unchecked else ""
        return f"{self.cancelled} jobs cancelled, {len(self.otherwise)} ended otherwise{unchecked}"

    def __repr__(self) -> str:
        return f"<Cancellation: {self}>"
