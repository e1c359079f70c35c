"""The result of a cancellation."""

from __future__ import annotations

import attrs

from .counts import JobCounts
from .results import JobResults


@attrs.frozen(repr=False)
class Cancellation:
    """The end of jobs that were cancelled.

    Attributes:
        counts: Number of jobs by status when all of them had ended.
        cancelled: Jobs of which the service's events say that the cancellation ended them.
        otherwise: Jobs that were not finished when they were cancelled, and ended otherwise: they succeeded, or failed
            by themselves.
        unchecked: Failed jobs whose events were not looked at, because there were too many.
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
