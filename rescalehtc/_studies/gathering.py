"""Gathers single jobs that are submitted within a moment into few batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

import attrs

from .._records.parts import PartState
from .._records.results import JobResult
from .._records.submission import Submission
from ..definitions import JobDefinition
from ..exceptions import HtcPayloadError

IDS_PER_CALL = 100


class Promise(Protocol):
    """A future, of threads or of an event loop."""

    def done(self) -> bool: ...

    def set_result(self, result: JobResult, /) -> None: ...

    def set_exception(self, exception: BaseException, /) -> None: ...


F = TypeVar("F", bound=Promise)


def job_of(job: JobDefinition | Sequence[str], arguments: Sequence[Mapping[str, Any]], resources: Any) -> JobDefinition:
    """The definition of one job, from a definition or a command, with its own parameters if there are any.

    Raises:
        HtcPayloadError: It is neither a definition nor a command, or it is more than one job.
    """
    definition = job if isinstance(job, JobDefinition) else JobDefinition(commands=job, **resources)
    if isinstance(job, JobDefinition) and resources:
        raise HtcPayloadError(f"{', '.join(resources)} belong in the definition.")
    if len(arguments) > 1:
        raise HtcPayloadError("A job takes one dictionary of parameters.")
    if arguments:
        definition = attrs.evolve(definition, parameters=[arguments[0]], count=1)
    if definition.count != 1 or definition.first_index:
        raise HtcPayloadError(
            "A future is one job: use submit() for a definition of several, or map() over parameters."
        )
    return definition


def gather(jobs: Sequence[tuple[JobDefinition, F]]) -> list[tuple[JobDefinition, list[F]]]:
    """Identical jobs, and those that differ only by parameters, as one definition each."""
    kinds: list[tuple[JobDefinition, list[JobDefinition], list[F]]] = []
    # Definitions have no hash: the fields that usually differ select those worth comparing.
    alike: dict[object, list[int]] = {}
    for definition, future in jobs:
        kind = attrs.evolve(definition, parameters=None, uses_job_side=definition.takes_any_indexes)
        key = kind.image_name, *kind.commands, *kind.envs.items(), definition.parameters is None
        numbers = alike.setdefault(key, [])
        number = next((each for each in numbers if kinds[each][0] == kind), None)
        if number is None:
            numbers.append(len(kinds))
            kinds.append((kind, [definition], [future]))
        else:
            kinds[number][1].append(definition)
            kinds[number][2].append(future)
    return [(_together(members), futures) for _, members, futures in kinds]


def _together(members: list[JobDefinition]) -> JobDefinition:
    first = members[0]
    if first.parameters is None:
        return attrs.evolve(first, count=len(members))
    return attrs.evolve(first, count=len(members), parameters=[row for each in members for row in each.parameters])


class Outstanding(Generic[F]):
    """The futures of jobs that have not ended, by the jobs' IDs."""

    def __init__(self) -> None:
        self.by_id: dict[str, tuple[F, Mapping[str, Any] | None]] = {}
        self.ended = 0

    def add(self, submission: Submission, futures: Sequence[Sequence[F]], problem: BaseException | None) -> None:
        """Add the jobs of a submission; those that were not accepted fail with the problem."""
        for part in submission.parts:
            parents = part.parent_job_ids if part.state is PartState.ACCEPTED else [None] * len(part.batches)
            for batch, parent in zip(part.batches, parents, strict=False):
                rows = submission.definitions[batch.definition].parameters
                for position in range(batch.size):
                    index = batch.index_of(position)
                    future = futures[batch.definition][index]
                    if parent is not None:
                        self.by_id[f"{parent}:{position}"] = future, None if rows is None else rows[index]
                    elif problem is not None and not future.done():
                        future.set_exception(problem)

    def settle(self, result: JobResult, failure: Callable[[JobResult], BaseException | None]) -> None:
        """Set the result of a job's future."""
        future, parameters = self.by_id.pop(result.job_id, (None, None))
        if future is None:
            return
        self.ended += 1
        if not future.done():
            error = failure(result)
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(attrs.evolve(result, parameters=parameters))

    def fail(self, problem: BaseException) -> None:
        """Fail all jobs."""
        for future, _ in self.by_id.values():
            if not future.done():
                future.set_exception(problem)
        self.by_id.clear()

    def ids(self) -> Iterator[list[str]]:
        """The IDs, in lists that fit into one call."""
        ids = list(self.by_id)
        for start in range(0, len(ids), IDS_PER_CALL):
            yield ids[start : start + IDS_PER_CALL]
