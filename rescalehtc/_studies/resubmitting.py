"""The next attempt at some jobs of a submission."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from .._records.membership import Membership
from .._records.results import JobResult
from .._records.submission import Submission
from ..definitions import JobDefinition
from ..exceptions import HtcPayloadError
from .splitting import split_again

_FIXED = ("count", "first_index", "parameters")


class Selection:
    """Jobs to submit again: for each definition's position, the final status of its jobs by index."""

    def __init__(self, submission: Submission) -> None:
        self.jobs: dict[int, dict[int, str]] = {}
        self._members = Membership(submission)
        self._definitions = submission.definitions

    def add(self, result: JobResult) -> None:
        """Add a job."""
        member = self._members.find(result.job_id)
        assert member is not None
        self.jobs.setdefault(member.batch.definition, {})[member.index] = str(result.status)

    def changed(self, changes: Mapping[str, Any]) -> Iterator[JobDefinition]:
        """The definitions of the jobs, with changes."""
        return (_changed(self._definitions[position], changes) for position in self.jobs)


def new_attempt(
    submission: Submission, chosen: Selection, changes: Mapping[str, Any], jobs_per_batch: int, batches_per_call: int
) -> bool:
    """Add the parts of a further attempt to a submission. Returns whether there are any."""
    definitions, origins = list(submission.definitions), list(submission.origins)
    # Definitions of different attempts may become equal.
    jobs: dict[int, dict[int, str]] = {}
    for position, members in chosen.jobs.items():
        changed, origin = _changed(definitions[position], changes), origins[position]
        equal = (n for n, each in enumerate(definitions) if origins[n] == origin and each == changed)
        number = next(equal, len(definitions))
        if number == len(definitions):
            definitions.append(changed)
            origins.append(origin)
        jobs.setdefault(number, {}).update(members)
    parts = split_again(definitions, jobs, jobs_per_batch, batches_per_call, submission.attempts + 1)
    if parts:
        submission.definitions, submission.origins = definitions, origins
        submission.parts += parts
    return bool(parts)


def check_changes(changes: Mapping[str, Any]) -> None:
    """Check the names of changes.

    Raises:
        ValueError: One cannot be changed, or does not exist.
    """
    names = {field.name for field in attrs.fields(JobDefinition)} - set(_FIXED)
    for name in changes:
        if name in _FIXED:
            raise HtcPayloadError(
                f"{name} cannot be changed: jobs keep their indexes and parameters when submitted again."
            )
        if name not in names:
            raise HtcPayloadError(f"A job definition has no {name!r}; it has {', '.join(sorted(names))}.")


def _changed(definition: JobDefinition, changes: Mapping[str, Any]) -> JobDefinition:
    return attrs.evolve(
        definition, **{name: value(definition) if callable(value) else value for name, value in changes.items()}
    )
