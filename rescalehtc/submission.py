"""Submitting any number of jobs, each at most once, and going on where it was interrupted."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

from rescalehtc_generated.api.job import list_jobs, submit_jobs
from rescalehtc_generated.models.htc_job import HTCJob
from rescalehtc_generated.models.htc_job_submit_request import HTCJobSubmitRequest
from rescalehtc_generated.models.tag import Tag

from . import _journal
from ._images import DEADLINE_SECONDS, await_images
from ._job_errors import HtcJournalError, HtcSubmissionError
from ._parts import BATCHES_PER_CALL, JOBS_PER_BATCH, Batch, Part, PartState, fingerprint, split
from ._plans import Plan, ask, run, run_async, scan
from ._shared import HasTask, html_table
from .definitions import JobDefinition
from .exceptions import HtcException
from .waiting import count

if TYPE_CHECKING:
    import os

    from rescalehtc_generated.client import AsyncSession, Session

__all__ = ["Batch", "JobDefinition", "Part", "PartState", "Submission", "UnknownParts", "submit", "submit_async"]

MARKER = "rescalehtc-part"
"""Name of the tag by which the jobs of a part are found again; its value is unique to the batch."""

_FORMAT = 1

UnknownParts: TypeAlias = Literal["stop", "skip", "repeat"]
"""What resuming does with a part of which even a look at the task's jobs does not tell whether it was taken."""


@attrs.define(repr=False)
class Submission:
    """What was to be submitted, and how far that came.

    Attributes:
        id: Unique identifier of this submission.
        project_id: Identifier of the project.
        task_id: Identifier of the task.
        group: Group of the jobs, None without one.
        parts: The calls, in their order.
        fingerprint: Hash of what is submitted.
        jobs_before: Jobs that the task, or its group, had before, None where that was not asked. Waiting counts
            them in, since the service counts by task and by group only.
    """

    id: str
    project_id: str
    task_id: str
    group: str | None
    parts: list[Part]
    fingerprint: str
    jobs_before: int | None = None

    def __repr__(self) -> str:
        counts = ", ".join(f"{self.jobs_in(state)} {state.value}" for state in PartState if self.jobs_in(state))
        return f"Submission(task={self.task_id!r}, jobs: {counts})"

    def _repr_html_(self) -> str:
        rows: list[tuple[object, ...]] = [
            (number, part.state.value, part.job_count, len(part.batches), part.problem)
            for number, part in enumerate(self.parts, start=1)
        ]
        return html_table(("part", "state", "jobs", "batches", "problem"), rows)

    @property
    def complete(self) -> bool:
        """Whether the service has taken every job."""
        return all(part.state is PartState.ACCEPTED for part in self.parts)

    @property
    def job_count(self) -> int:
        """Number of jobs that the service has taken."""
        return self.jobs_in(PartState.ACCEPTED)

    @property
    def parent_job_ids(self) -> list[str]:
        """Identifiers of all batches that are known to be taken, in their order."""
        return [parent for part in self.parts for parent in part.parent_job_ids if parent is not None]

    @property
    def job_ids(self) -> Iterator[str]:
        """Identifiers of all jobs that are known to be taken, in their order, without any call."""
        for part in self.parts:
            yield from part.job_ids

    def in_state(self, *states: PartState) -> list[Part]:
        """The parts in any of these states."""
        return [part for part in self.parts if part.state in states]

    def jobs_in(self, *states: PartState) -> int:
        """Number of jobs in the parts in any of these states."""
        return sum(part.job_count for part in self.in_state(*states))

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON, as a journal holds it. No definition, environment variable or claim is in it."""
        return {"format": _FORMAT, **attrs.asdict(self)}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Submission:
        """Read what :meth:`to_dict` gave.

        Raises:
            HtcJournalError: It is something else, or of a later version.
        """
        if data.get("format") != _FORMAT:
            raise HtcJournalError(f"The journal has the format {data.get('format')!r}; this version reads {_FORMAT}.")
        try:
            parts = [
                Part(
                    [Batch(**batch) for batch in part["batches"]],
                    # A program that ended while it was sending cannot know what became of that part.
                    PartState.UNKNOWN if part["state"] == PartState.SENDING else PartState(part["state"]),
                    part["parent_job_ids"],
                    part["problem"],
                )
                for part in data["parts"]
            ]
            names = ("id", "project_id", "task_id", "group", "fingerprint")
            before = data.get("jobs_before")
            return cls(parts=parts, jobs_before=before, **{name: data[name] for name in names})
        except (KeyError, TypeError, ValueError) as error:
            raise HtcJournalError(f"The journal cannot be read: {error!r}") from None


def submit(
    session: Session,
    task: HasTask,
    jobs: JobDefinition | Iterable[JobDefinition],
    *,
    group: str | None = None,
    journal: str | os.PathLike[str] | None = None,
    resume: Submission | None = None,
    unknown: UnknownParts = "stop",
    jobs_per_batch: int = JOBS_PER_BATCH,
    batches_per_call: int = BATCHES_PER_CALL,
    image_deadline_seconds: float | None = DEADLINE_SECONDS,
    on_progress: Callable[[Submission], object] | None = None,
) -> Submission:
    """Submit any number of jobs, each at most once.

    More jobs than the service takes in one batch, and more batches than it takes in one call, are cut into parts.
    A part whose answer was lost is not sent again, since its jobs would run, and be billed, twice. Give a
    ``journal`` to be able to call again with the same arguments after an error, an interruption or a crash: what was
    taken is left alone, of unknown parts the jobs are looked up in the task by a tag, the rest is submitted.

    Args:
        session: Session to use.
        task: Task to submit to: an ``HtcTask``, a model ``HTCTask``, or anything with both identifiers.
        jobs: One definition, or several.
        group: Group of the jobs.
        journal: File that keeps how far the submission came. It is written before and after each call.
        resume: Instead of a journal, the submission that an ``HtcSubmissionError`` carries.
        unknown: What to do with a part of which nothing was found: ``stop`` raises, ``skip`` leaves it alone,
            ``repeat`` submits it once more, at the risk of running it twice.
        jobs_per_batch: Cut into smaller batches than the 1000 that the service takes.
        batches_per_call: Cut into smaller calls than the 100 batches that the service takes.
        image_deadline_seconds: How long to wait for images that are still being copied to the clouds; None leaves
            the check out.
        on_progress: Called with the submission before the first call and after each. It is one and the same object,
            which stays good to be resumed when something goes wrong.

    Returns:
        The submission; its ``job_ids`` and ``parent_job_ids`` need no further call.

    Raises:
        HtcSubmissionError: Not everything was taken; its ``submission`` says what was, and can be resumed.
        HtcImageError: An image was not ready in time; nothing has been sent.
        HtcJournalError: The journal is in use, or belongs to another submission.
        ValueError: There is nothing to submit, or a bound is not what the service takes.
        HtcException: One of its family, when a look at images or jobs fails.
    """
    return run(
        session,
        _submit(
            task,
            jobs,
            group,
            journal,
            resume,
            unknown,
            jobs_per_batch,
            batches_per_call,
            image_deadline_seconds,
            on_progress,
        ),
    )


async def submit_async(
    session: AsyncSession,
    task: HasTask,
    jobs: JobDefinition | Iterable[JobDefinition],
    *,
    group: str | None = None,
    journal: str | os.PathLike[str] | None = None,
    resume: Submission | None = None,
    unknown: UnknownParts = "stop",
    jobs_per_batch: int = JOBS_PER_BATCH,
    batches_per_call: int = BATCHES_PER_CALL,
    image_deadline_seconds: float | None = DEADLINE_SECONDS,
    on_progress: Callable[[Submission], object] | None = None,
) -> Submission:
    """Submit any number of jobs with an async session; everything else is as in :func:`submit`."""
    return await run_async(
        session,
        _submit(
            task,
            jobs,
            group,
            journal,
            resume,
            unknown,
            jobs_per_batch,
            batches_per_call,
            image_deadline_seconds,
            on_progress,
        ),
    )


def _submit(
    task: HasTask,
    jobs: JobDefinition | Iterable[JobDefinition],
    group: str | None,
    journal: str | os.PathLike[str] | None,
    resume: Submission | None,
    unknown: UnknownParts,
    jobs_per_batch: int,
    batches_per_call: int,
    image_deadline_seconds: float | None,
    on_progress: Callable[[Submission], object] | None,
) -> Plan[Submission]:
    definitions = [jobs] if isinstance(jobs, JobDefinition) else list(jobs)
    parts = split(definitions, jobs_per_batch, batches_per_call)
    wanted = Submission(uuid.uuid4().hex, task.project_id, task.task_id, group, parts, fingerprint(definitions, parts))
    with _records(journal, wanted, resume) as (submission, save):
        try:
            yield from _settle_unknown(submission, unknown)
        finally:
            save()
        names = [definitions[batch.definition].image_name for part in _unsent(submission) for batch in part.batches]
        if image_deadline_seconds is not None:
            yield from await_images(task.project_id, names, image_deadline_seconds)
        if on_progress is not None:
            on_progress(submission)
        if submission.jobs_before is None and not submission.job_count:
            submission.jobs_before = (yield from count(submission, group)).total
        for part in _unsent(submission):
            yield from _send(submission, part, definitions, save)
            if on_progress is not None:
                on_progress(submission)
    return submission


@contextmanager
def _records(
    journal: str | os.PathLike[str] | None, wanted: Submission, resume: Submission | None
) -> Generator[tuple[Submission, Callable[[], None]]]:
    """The submission to go on with, and a function that keeps it."""
    if resume is not None:
        _check_same(resume, wanted)
    if journal is None:
        yield resume or wanted, lambda: None
        return
    if resume is not None:
        raise ValueError("give either a journal or a submission to resume, not both")
    path = Path(journal)
    with _journal.held(path):
        data = _journal.read(path)
        submission = wanted if data is None else Submission.from_dict(data)
        _check_same(submission, wanted)
        yield submission, lambda: _journal.write(path, submission.to_dict())


def _check_same(found: Submission, wanted: Submission) -> None:
    for name in ("project_id", "task_id", "group", "fingerprint"):
        if getattr(found, name) != getattr(wanted, name):
            what = "other jobs" if name == "fingerprint" else f"another {name}"
            raise HtcJournalError(
                f"What shall be resumed was submitted with {what}. Use the same arguments, or a new journal."
            )


def _unsent(submission: Submission) -> list[Part]:
    return submission.in_state(PartState.PENDING, PartState.REFUSED)


def _marker(submission: Submission, part: Part, position: int) -> str:
    return f"{submission.id}/{submission.parts.index(part)}/{position}"


def _send(submission: Submission, part: Part, definitions: list[JobDefinition], save: Callable[[], None]) -> Plan[None]:
    payload = [
        definitions[batch.definition].batch(
            batch.first_index, batch.size, Tag(key=MARKER, value=_marker(submission, part, position))
        )
        for position, batch in enumerate(part.batches)
    ]
    call = submit_jobs.call(submission.project_id, submission.task_id, payload, group=submission.group)
    part.state, part.problem = PartState.SENDING, None
    save()
    try:
        answers = yield from ask(call)
    except HtcException as error:
        part.state = PartState.UNKNOWN if error.maybe_received else PartState.REFUSED
        part.problem = str(error)
        save()
        raise _stopped(submission, str(error)) from error
    except BaseException as interruption:
        part.state, part.problem = PartState.UNKNOWN, type(interruption).__name__
        save()
        raise
    complete = _accept(part, answers)
    save()
    if not complete:
        raise _stopped(submission, part.problem)


def _accept(part: Part, answers: list[HTCJobSubmitRequest]) -> bool:
    # At run time even a promised identifier may be missing.
    parents: list[str | None] = [answer.parent_job_id or None for answer in answers]
    if len(parents) == len(part.batches) and None not in parents:
        part.state, part.parent_job_ids = PartState.ACCEPTED, parents
        return True
    known = sum(parent is not None for parent in parents)
    part.state = PartState.UNKNOWN
    part.problem = f"the answer names {known} of {len(part.batches)} batches"
    return False


def _settle_unknown(submission: Submission, unknown: UnknownParts) -> Plan[None]:
    """Find out, by the tags of the task's jobs, what became of the parts whose answer was lost."""
    open_parts = submission.in_state(PartState.UNKNOWN)
    if not open_parts:
        return
    places: dict[str | None, tuple[Part, int]] = {
        _marker(submission, part, position): (part, position)
        for part in open_parts
        for position in range(len(part.batches))
    }
    for part in open_parts:
        part.parent_job_ids = [None] * len(part.batches)

    def visit(job: HTCJob) -> bool:
        for tag in job.tags or ():
            if tag.key == MARKER and tag.value in places:
                part, position = places.pop(tag.value)
                part.parent_job_ids[position] = job.job_uuid.rpartition(":")[0] or job.job_uuid
        return not places

    yield from scan(list_jobs.call(submission.project_id, submission.task_id, group=submission.group), visit)
    for part in open_parts:
        missing = part.parent_job_ids.count(None)
        if not missing:
            part.state, part.problem = PartState.ACCEPTED, None
        elif unknown == "repeat" and missing == len(part.batches):
            part.state, part.parent_job_ids = PartState.PENDING, []
        else:
            part.problem = f"jobs of {missing} of {len(part.batches)} batches were not found in the task"
    if unknown != "skip" and submission.in_state(PartState.UNKNOWN):
        raise _stopped(submission, "it is not known whether the service has taken some jobs")


def _stopped(submission: Submission, reason: str | None) -> HtcSubmissionError:
    counts = ", ".join(f"{submission.jobs_in(state)} {state.value}" for state in PartState if submission.jobs_in(state))
    error = HtcSubmissionError(f"Not all jobs were submitted ({counts}): {reason}")
    error.submission = submission
    return error
