"""How a submission is cut into calls, and how far each call has come. No I/O."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from enum import StrEnum

import attrs

from .definitions import JobDefinition

JOBS_PER_BATCH = 1000
BATCHES_PER_CALL = 100


class PartState(StrEnum):
    """How far one call of a submission has come."""

    PENDING = "pending"
    """Not sent yet."""
    SENDING = "sending"
    """Sent, and no answer yet. Found in a journal, it means that the program ended just then."""
    ACCEPTED = "accepted"
    """The service has taken it."""
    REFUSED = "refused"
    """The service has certainly not taken it; resuming sends it again."""
    UNKNOWN = "unknown"
    """The service may have taken it; resuming looks for its jobs and never sends it again unasked."""


@attrs.frozen
class Batch:
    """Some jobs of one definition that are submitted together.

    Attributes:
        definition: Position of the definition among those submitted.
        first_index: Index of the first job among the jobs of the definition.
        size: Number of jobs.
    """

    definition: int
    first_index: int
    size: int


@attrs.define
class Part:
    """The batches of one call.

    Attributes:
        batches: What the call submits.
        state: How far it has come.
        parent_job_ids: Identifiers of the batches, as far as they are known; None for one that is not.
        problem: What went wrong.
    """

    batches: list[Batch]
    state: PartState = PartState.PENDING
    parent_job_ids: list[str | None] = attrs.field(factory=list[str | None])
    problem: str | None = None

    @property
    def job_count(self) -> int:
        """Number of jobs."""
        return sum(batch.size for batch in self.batches)

    @property
    def job_ids(self) -> Iterator[str]:
        """Identifiers of the jobs, as far as those of the batches are known."""
        for batch, parent in zip(self.batches, self.parent_job_ids, strict=False):
            if parent is not None:
                yield from (f"{parent}:{index}" for index in range(batch.size))


def split(definitions: Sequence[JobDefinition], jobs_per_batch: int, batches_per_call: int) -> list[Part]:
    """Cut the jobs into batches, and these into calls, in their order.

    Raises:
        ValueError: A bound is below 1 or above what the service takes, or there is nothing to submit.
    """
    if not 1 <= jobs_per_batch <= JOBS_PER_BATCH:
        raise ValueError(f"jobs_per_batch must be between 1 and {JOBS_PER_BATCH}, it is {jobs_per_batch}")
    if not 1 <= batches_per_call <= BATCHES_PER_CALL:
        raise ValueError(f"batches_per_call must be between 1 and {BATCHES_PER_CALL}, it is {batches_per_call}")
    if not definitions:
        raise ValueError("there is no job to submit")
    batches = [
        Batch(position, definition.first_index + start, min(jobs_per_batch, definition.count - start))
        for position, definition in enumerate(definitions)
        for start in range(0, definition.count, jobs_per_batch)
    ]
    return [Part(batches[start : start + batches_per_call]) for start in range(0, len(batches), batches_per_call)]


def fingerprint(definitions: Sequence[JobDefinition], parts: Sequence[Part]) -> str:
    """A hash of everything that is submitted: a journal must not be resumed with something else."""
    content = [
        [definition.batch(0, 1).to_dict() for definition in definitions],
        [[attrs.astuple(batch) for batch in part.batches] for part in parts],
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
