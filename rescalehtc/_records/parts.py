"""The calls of a submission, and the state of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

import attrs


class PartState(StrEnum):
    """State of one call of a submission."""

    PENDING = "pending"
    """Not sent yet."""
    SENDING = "sending"
    """Sent, without a response yet. In a journal it means that the program ended at that moment."""
    ACCEPTED = "accepted"
    """The service has accepted it."""
    REFUSED = "refused"
    """The service has certainly not accepted it; resuming sends it again."""
    UNKNOWN = "unknown"
    """The service may have accepted it; resuming looks for its jobs, and sends it again only if you ask for that."""


@attrs.frozen
class Batch:
    """Some jobs of one definition that are submitted together.

    Attributes:
        definition: Position of the definition among those of the submission.
        first_index: Index of the first job among the jobs of the definition.
        size: Number of jobs.
        indexes: Index of each job, if they are not consecutive; None otherwise.
    """

    definition: int
    first_index: int
    size: int
    indexes: tuple[int, ...] | None = None

    def index_of(self, position: int) -> int:
        """Index of the job at a position of the batch."""
        return self.first_index + position if self.indexes is None else self.indexes[position]


@attrs.define
class Part:
    """The batches of one call.

    Attributes:
        batches: What the call submits.
        state: Whether it was sent, and how the service responded.
        parent_job_ids: IDs of the batches; None for one that is not known.
        problem: What went wrong.
        attempt: 1 for the first submission of these jobs, 2 for the first resubmission, and so on.
        replaces: Number of jobs of earlier attempts that these jobs replace, by their final status.
    """

    batches: list[Batch]
    state: PartState = PartState.PENDING
    parent_job_ids: list[str | None] = attrs.field(factory=list[str | None])
    problem: str | None = None
    attempt: int = 1
    replaces: Mapping[str, int] = attrs.field(factory=dict[str, int])

    @property
    def job_count(self) -> int:
        """Number of jobs."""
        return sum(batch.size for batch in self.batches)

    @property
    def known_batches(self) -> Iterator[tuple[str, Batch]]:
        """The batches whose ID is known, each after its ID."""
        for batch, parent in zip(self.batches, self.parent_job_ids, strict=False):
            if parent is not None:
                yield parent, batch
