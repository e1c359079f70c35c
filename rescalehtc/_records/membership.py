"""Which jobs of a task belong to a submission, and which attempt at each is the newest."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from .odd_values import integer
from .parts import Batch, PartState
from .submission import Submission


@attrs.frozen
class Member:
    """The place of a job in its submission.

    Attributes:
        number: Number of its batch among those of the submission.
        position: Its position in the batch.
        batch: Its batch.
        attempt: Number of the attempt.
    """

    number: int
    position: int
    batch: Batch
    attempt: int

    @property
    def index(self) -> int:
        """Index of the job among the jobs of its definition."""
        return self.batch.index_of(self.position)


class Membership:
    """The jobs of a submission by their IDs. It takes memory only for batches and for resubmitted jobs."""

    def __init__(self, submission: Submission) -> None:
        self._origins = submission.origins
        self._batches: dict[str, tuple[int, Batch, int]] = {}
        self._parents: dict[int, str] = {}
        self._newest: dict[tuple[int, int], int] = {}
        start = 0
        for part in submission.parts:
            for number, (batch, parent) in enumerate(zip(part.batches, part.parent_job_ids, strict=False), start):
                if parent is not None:
                    self._batches[parent] = (number, batch, part.attempt)
                    self._parents[number] = parent
            start += len(part.batches)
            if part.attempt > 1 and part.state is PartState.ACCEPTED:
                for batch in part.batches:
                    for position in range(batch.size):
                        self._newest[self._key(batch, position)] = part.attempt

    def find(self, job_id: str) -> Member | None:
        """The place of a job, None if it does not belong to this submission."""
        parent, colon, suffix = job_id.rpartition(":")
        if not colon:
            parent, suffix = job_id, "0"
        entry = self._batches.get(parent)
        position = integer(suffix)
        if entry is None or position is None or position >= entry[1].size:
            return None
        return Member(entry[0], position, entry[1], entry[2])

    def is_newest(self, member: Member) -> bool:
        """Whether the job has not been submitted again since."""
        return not self._newest or self._newest.get(self._key(member.batch, member.position), 1) == member.attempt

    def owns(self, job_id: str) -> bool:
        """Whether the job belongs to the submission and has not been submitted again since."""
        member = self.find(job_id)
        return member is not None and self.is_newest(member)

    @property
    def has_replaced(self) -> bool:
        """Whether any job was submitted again."""
        return bool(self._newest)

    def sizes(self) -> Iterator[tuple[int, int]]:
        """Number and size of each batch."""
        for number, batch, _ in self._batches.values():
            yield number, batch.size

    def of_batch(self, number: int) -> Iterator[tuple[str, Member]]:
        """The IDs and places of the jobs of a batch."""
        parent = self._parents[number]
        _, batch, attempt = self._batches[parent]
        for position in range(batch.size):
            yield f"{parent}:{position}", Member(number, position, batch, attempt)

    def _key(self, batch: Batch, position: int) -> tuple[int, int]:
        return self._origins[batch.definition], batch.index_of(position)
