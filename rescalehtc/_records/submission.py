"""What was submitted, and what the service accepted of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from .._utils.html import html_table
from .parts import Part, PartState

FORMAT = 1
"""Version of the journal's format."""


@attrs.define(repr=False)
class Submission:
    """The jobs of one call of ``submit``, and the state of each part.

    Attributes:
        id: Unique ID of this submission.
        project_id: ID of the project.
        task_id: ID of the task.
        group: Group of the jobs, None without one.
        parts: The calls, in order.
        fingerprint: Hash of what is submitted.
        jobs_before: Jobs that the task, or the group, had before; None if not known. Waiting includes them, because
            the service counts by task and by group only.
    """

    id: str
    project_id: str
    task_id: str
    group: str | None
    parts: list[Part]
    fingerprint: str
    jobs_before: int | None = None

    def __repr__(self) -> str:
        return f"Submission(task={self.task_id!r}, jobs: {self.summary})"

    def _repr_html_(self) -> str:
        rows: list[tuple[object, ...]] = [
            (number, part.state.value, part.job_count, len(part.batches), part.problem)
            for number, part in enumerate(self.parts, start=1)
        ]
        return html_table(("part", "state", "jobs", "batches", "problem"), rows)

    @property
    def summary(self) -> str:
        """Number of jobs by state, as text."""
        return ", ".join(f"{self.jobs_in(state)} {state.value}" for state in PartState if self.jobs_in(state))

    @property
    def complete(self) -> bool:
        """Whether the service has accepted every job."""
        return all(part.state is PartState.ACCEPTED for part in self.parts)

    @property
    def job_count(self) -> int:
        """Number of jobs that the service has accepted."""
        return self.jobs_in(PartState.ACCEPTED)

    @property
    def parent_job_ids(self) -> list[str]:
        """IDs of all accepted batches, in order."""
        return [parent for part in self.parts for parent in part.parent_job_ids if parent is not None]

    @property
    def job_ids(self) -> Iterator[str]:
        """IDs of all accepted jobs, in order, without any call."""
        for part in self.parts:
            yield from part.job_ids

    def in_state(self, *states: PartState) -> list[Part]:
        """The parts in any of these states."""
        return [part for part in self.parts if part.state in states]

    def jobs_in(self, *states: PartState) -> int:
        """Number of jobs in the parts in any of these states."""
        return sum(part.job_count for part in self.in_state(*states))

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON, as the journal stores it. It holds no definition, environment variable or claim."""
        return {"format": FORMAT, **attrs.asdict(self)}
