"""How many jobs are in each status."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from .._utils.html import html_table
from . import statuses


@attrs.frozen(repr=False)
class JobCounts:
    """Number of jobs by status.

    Attributes:
        by_status: The counts as the service sent them.
    """

    by_status: Mapping[str, int]

    @property
    def total(self) -> int:
        """Number of jobs."""
        return sum(self.by_status.values())

    @property
    def succeeded(self) -> int:
        """Jobs that succeeded."""
        return self._sum(statuses.SUCCEEDED)

    @property
    def failed(self) -> int:
        """Jobs that failed or were cancelled."""
        return self._sum(statuses.FAILED)

    @property
    def ended(self) -> int:
        """Jobs that ended, successful or not."""
        return self._sum(statuses.FINAL)

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
