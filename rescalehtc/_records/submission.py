"""What was submitted, and how much of it the service accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from .._utils.html import html_table
from ..definitions import JobDefinition
from .parts import Part, PartState

FORMAT = 2
"""Version of the journal's format."""

_MEMORY_ONLY = ("definitions", "journal")


@attrs.define(repr=False)
class Submission:
    """The jobs of one call to ``submit``, their resubmissions, and the state of each part.

    Attributes:
        id: Unique ID of this submission.
        project_id: ID of the project.
        task_id: ID of the task.
        group: Group of the jobs.
        parts: The calls, in order.
        fingerprint: Hash of what is submitted.
        jobs_before: Number of jobs by status that the group had before, None if that is not known. A group made for
            this submission had none.
        definitions: What is submitted; those of resubmissions follow the original ones.
        origins: For each definition, the position of the one that it was first submitted as.
        journal: File that stores the state, None without one.
    """

    id: str
    project_id: str
    task_id: str
    group: str | None
    parts: list[Part]
    fingerprint: str
    jobs_before: Mapping[str, int] | None = None
    definitions: list[JobDefinition] = attrs.field(factory=list[JobDefinition], eq=False)
    origins: list[int] = attrs.field(factory=list[int])
    journal: Path | None = attrs.field(default=None, eq=False)

    def __repr__(self) -> str:
        return f"Submission(task={self.task_id!r}, jobs: {self.summary})"

    def _repr_html_(self) -> str:
        rows: list[tuple[object, ...]] = [
            (number, part.attempt, part.state.value, part.job_count, len(part.batches), part.problem)
            for number, part in enumerate(self.parts, start=1)
        ]
        return html_table(("part", "attempt", "state", "jobs", "batches", "problem"), rows)

    @property
    def summary(self) -> str:
        """Number of jobs by state, as text."""
        return ", ".join(f"{self.jobs_in(state)} {state.value}" for state in PartState if self.jobs_in(state))

    @property
    def complete(self) -> bool:
        """Whether the service has accepted every job."""
        return all(part.state is PartState.ACCEPTED for part in self.parts)

    @property
    def has_own_group(self) -> bool:
        """Whether nothing else submits to the group."""
        return self.group == own_group(self.id)

    @property
    def attempts(self) -> int:
        """1, and one more for each resubmission."""
        return max(part.attempt for part in self.parts)

    @property
    def job_count(self) -> int:
        """Number of different jobs that the service has accepted; a resubmitted job counts once."""
        return self.jobs_in(PartState.ACCEPTED) - sum(self.replaced.values())

    @property
    def replaced(self) -> dict[str, int]:
        """Number of jobs, by status, that have been resubmitted since."""
        numbers: dict[str, int] = {}
        for part in self.in_state(PartState.ACCEPTED):
            for status, count in part.replaces.items():
                numbers[status] = numbers.get(status, 0) + count
        return numbers

    @property
    def parent_job_ids(self) -> list[str]:
        """IDs of all accepted batches, in order."""
        return [parent for part in self.parts for parent in part.parent_job_ids if parent is not None]

    @property
    def job_ids(self) -> Iterator[str]:
        """IDs of all accepted jobs of every attempt, in order; makes no call."""
        for part in self.parts:
            for parent, batch in part.known_batches:
                yield from (f"{parent}:{position}" for position in range(batch.size))

    def in_state(self, *states: PartState) -> list[Part]:
        """The parts in any of these states."""
        return [part for part in self.parts if part.state in states]

    def jobs_in(self, *states: PartState) -> int:
        """Number of jobs in the parts in any of these states."""
        return sum(part.job_count for part in self.in_state(*states))

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON, as the journal stores it. It holds no definition, environment variable or claim."""
        kept = attrs.filters.exclude(*_MEMORY_ONLY)
        return {"format": FORMAT, **attrs.asdict(self, filter=kept)}


def own_group(submission_id: str) -> str:
    """Name of the group that ``submit`` makes for a submission without one."""
    return f"rescalehtc-{submission_id}"
