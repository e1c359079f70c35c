"""How jobs are split into batches, and batches into calls."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence

import attrs

from .._records.parts import Batch, Part
from .._records.submission import Submission, own_group
from .._utils.arguments import check_integer, check_kind
from .._utils.protocols import HasTask
from ..definitions import JobDefinition
from ..exceptions import HtcPayloadError

JOBS_PER_BATCH = 1000
BATCHES_PER_CALL = 100


def new_submission(
    task: HasTask,
    definitions: list[JobDefinition],
    group: str | None,
    jobs_per_batch: int,
    batches_per_call: int,
) -> Submission:
    """A submission before anything is sent.

    Raises:
        ValueError: A limit is below 1 or above that of the service, there is nothing to submit, or parameters are not
            JSON.
    """
    parts = split(definitions, jobs_per_batch, batches_per_call)
    name = uuid.uuid4().hex
    return Submission(
        name,
        task.project_id,
        task.task_id,
        own_group(name) if group is None else group,
        parts,
        fingerprint(definitions, parts),
        {} if group is None else None,
        definitions,
        list(range(len(definitions))),
    )


def check_limits(jobs_per_batch: int, batches_per_call: int) -> None:
    """Check the limits of batches and calls.

    Raises:
        HtcPayloadError: A limit is below 1 or above that of the service.
    """
    check_integer("jobs_per_batch", jobs_per_batch, 1, JOBS_PER_BATCH)
    check_integer("batches_per_call", batches_per_call, 1, BATCHES_PER_CALL)


def split(definitions: Sequence[JobDefinition], jobs_per_batch: int, batches_per_call: int) -> list[Part]:
    """Split the jobs into batches, and the batches into calls, in order.

    Raises:
        HtcPayloadError: A limit is below 1 or above that of the service, or there is nothing to submit.
    """
    check_limits(jobs_per_batch, batches_per_call)
    if not definitions:
        raise HtcPayloadError("There is no job to submit: pass one JobDefinition or more.")
    for definition in definitions:
        check_kind("jobs", definition, JobDefinition, "one JobDefinition or several")
    batches = [
        Batch(position, definition.first_index + start, min(jobs_per_batch, definition.count - start))
        for position, definition in enumerate(definitions)
        for start in range(0, definition.count, jobs_per_batch)
    ]
    return [Part(batches[start : start + batches_per_call]) for start in range(0, len(batches), batches_per_call)]


def split_again(
    definitions: Sequence[JobDefinition],
    chosen: Mapping[int, Mapping[int, str]],
    jobs_per_batch: int,
    batches_per_call: int,
    attempt: int,
) -> list[Part]:
    """Split jobs that are submitted again.

    Args:
        definitions: All definitions of the submission.
        chosen: For each definition's position, the final status of its jobs by index.
        jobs_per_batch: Largest number of jobs in a batch.
        batches_per_call: Largest number of batches in a call.
        attempt: Number of the attempt.
    """
    batches = [
        batch
        for position, jobs in sorted(chosen.items())
        for batch in _scattered(position, definitions[position], sorted(jobs), jobs_per_batch)
    ]
    parts: list[Part] = []
    for start in range(0, len(batches), batches_per_call):
        part = Part(batches[start : start + batches_per_call], attempt=attempt)
        replaces: dict[str, int] = {}
        for batch in part.batches:
            for place in range(batch.size):
                status = chosen[batch.definition][batch.index_of(place)]
                replaces[status] = replaces.get(status, 0) + 1
        part.replaces = replaces
        parts.append(part)
    return parts


def _scattered(position: int, definition: JobDefinition, indexes: list[int], limit: int) -> Iterator[Batch]:
    """Batches for jobs with any indexes; a program that adds an offset needs consecutive ones."""
    start = 0
    while start < len(indexes):
        end = start + 1
        while end < len(indexes) and end - start < limit:
            if not definition.takes_any_indexes and indexes[end] != indexes[end - 1] + 1:
                break
            end += 1
        run = indexes[start:end]
        follow = run[-1] - run[0] == len(run) - 1
        yield Batch(position, run[0], len(run), None if follow else tuple(run))
        start = end


def fingerprint(definitions: Sequence[JobDefinition], parts: Sequence[Part]) -> str:
    """A hash of everything that is submitted: a journal must be resumed with the same jobs.

    Raises:
        ValueError: Parameters are not JSON.
    """
    content = [
        [definition.batch(0, 1).to_dict() for definition in definitions],
        [[attrs.astuple(batch) for batch in part.batches] for part in parts],
    ]
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode())
    for definition in definitions:
        if definition.parameters is not None:
            for line in definition.parameters_of(range(len(definition.parameters))):
                digest.update(line.encode() + b"\n")
    return digest.hexdigest()
