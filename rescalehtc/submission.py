# Derived from rescalehtc/aio/submission.py by `make generate`. Do not edit.
"""Submitting any number of jobs, each at most once, and resuming after an interruption."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterable
from typing import Literal, TypeAlias

from rescalehtc_generated.api.job import list_jobs, submit_jobs
from rescalehtc_generated.client import Session
from rescalehtc_generated.models.tag import Tag

from ._records.parts import Batch, Part, PartState
from ._records.submission import Submission
from ._studies.images import DEADLINE_SECONDS, wait_for_images
from ._studies.job_counts import count_jobs
from ._studies.journal import Save, open_journal
from ._studies.outcomes import MARKER, Unknowns, accept, marker, not_all_submitted
from ._studies.splitting import BATCHES_PER_CALL, JOBS_PER_BATCH, fingerprint, split
from ._utils.protocols import HasTask
from .definitions import JobDefinition
from .exceptions import HtcException

__all__ = ["Batch", "JobDefinition", "Part", "PartState", "Submission", "UnknownParts", "submit"]

UnknownParts: TypeAlias = Literal["stop", "skip", "repeat"]
"""What resuming does with a part in doubt if none of its jobs is found in the task."""


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

    Jobs beyond the service's limits for one batch and one call are split into parts. A part whose response was lost is
    not sent again, because its jobs would run, and be billed, twice. Pass a ``journal`` to be able to call again with
    the same arguments after an error, an interrupt or a crash: accepted parts are left alone, parts in doubt are looked
    up by tag; the rest is submitted.

    Args:
        session: Session to use.
        task: Task to submit to: an ``HtcTask``, a model ``HTCTask``, or anything with ``project_id`` and ``task_id``.
        jobs: One definition, or several.
        group: Group of the jobs.
        journal: File that stores the state of every part. It is written before and after each call.
        resume: Instead of a journal, the submission of an ``HtcSubmissionError``.
        unknown: What to do with a part in doubt if none of its jobs is found: ``stop`` raises, ``skip`` leaves it
            alone, ``repeat`` submits it again, at the risk of running it twice.
        jobs_per_batch: Split into smaller batches than the service's limit of 1000 jobs.
        batches_per_call: Split into smaller calls than the service's limit of 100 batches.
        image_deadline_seconds: How long to wait for images that are still being copied to the clouds; None skips the
            check.
        on_progress: Called with the submission before the first call and after each. It is always the same object,
            and you can resume it if something goes wrong.

    Returns:
        The submission; its ``job_ids`` and ``parent_job_ids`` need no further call.

    Raises:
        HtcSubmissionError: Not every job was accepted; its ``submission`` says which were, and can be resumed.
        HtcImageError: An image was not ready in time; nothing has been sent.
        HtcJournalError: The journal is in use, or belongs to another submission.
        ValueError: There is nothing to submit, or a limit exceeds that of the service.
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
    """
    definitions = [jobs] if isinstance(jobs, JobDefinition) else list(jobs)
    parts = split(definitions, jobs_per_batch, batches_per_call)
    wanted = Submission(uuid.uuid4().hex, task.project_id, task.task_id, group, parts, fingerprint(definitions, parts))
    with open_journal(journal, wanted, resume) as (submission, save):
        try:
            _settle_unknown(session, submission, unknown)
        finally:
            save()
        unsent = submission.in_state(PartState.PENDING, PartState.REFUSED)
        names = [definitions[batch.definition].image_name for part in unsent for batch in part.batches]
        if image_deadline_seconds is not None:
            wait_for_images(session, task.project_id, names, image_deadline_seconds)
        if on_progress is not None:
            on_progress(submission)
        if submission.jobs_before is None and not submission.job_count:
            submission.jobs_before = (count_jobs(session, submission, group)).total
        for part in unsent:
            _send(session, submission, part, definitions, save)
            if on_progress is not None:
                on_progress(submission)
    return submission


def _send(session: Session, submission: Submission, part: Part, definitions: list[JobDefinition], save: Save) -> None:
    payload = [
        definitions[batch.definition].batch(
            batch.first_index, batch.size, Tag(key=MARKER, value=marker(submission, part, position))
        )
        for position, batch in enumerate(part.batches)
    ]
    call = submit_jobs.call(submission.project_id, submission.task_id, payload, group=submission.group)
    part.state, part.problem = PartState.SENDING, None
    save()
    try:
        answers = session.send(call)
    except HtcException as error:
        part.state = PartState.UNKNOWN if error.maybe_received else PartState.REFUSED
        part.problem = str(error)
        save()
        raise not_all_submitted(submission, str(error)) from error
    except BaseException as interruption:
        part.state, part.problem = PartState.UNKNOWN, type(interruption).__name__
        save()
        raise
    is_complete = accept(part, answers)
    save()
    if not is_complete:
        raise not_all_submitted(submission, part.problem)


def _settle_unknown(session: Session, submission: Submission, unknown: UnknownParts) -> None:
    """Find out, by the tags of the task's jobs, which of the parts in doubt were accepted."""
    unknowns = Unknowns(submission)
    if unknowns.parts:
        for job in session.stream(list_jobs.call(submission.project_id, submission.task_id, group=submission.group)):
            if unknowns.find(job):
                break
        unknowns.settle(repeat=unknown == "repeat")
    if unknown != "skip" and submission.in_state(PartState.UNKNOWN):
        raise not_all_submitted(submission, "it is not known whether the service has accepted some jobs")
