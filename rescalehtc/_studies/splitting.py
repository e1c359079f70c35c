"""How jobs are split into batches, and batches into calls."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import attrs

from .._records.parts import Batch, Part
from ..definitions import JobDefinition

JOBS_PER_BATCH = 1000
BATCHES_PER_CALL = 100


def split(definitions: Sequence[JobDefinition], jobs_per_batch: int, batches_per_call: int) -> list[Part]:
    """Split the jobs into batches, and the batches into calls, in order.

    Raises:
        ValueError: A limit is below 1 or above that of the service, or there is nothing to submit.
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
    """A hash of everything that is submitted: a journal must be resumed with the same jobs."""
    content = [
        [definition.batch(0, 1).to_dict() for definition in definitions],
        [[attrs.astuple(batch) for batch in part.batches] for part in parts],
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
