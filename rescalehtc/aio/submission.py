"""Submitting any number of jobs, each at most once, and resuming after an interruption."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Literal, TypeAlias

from rescalehtc_generated.client import AsyncSession

from .._records.parts import Batch, Part, PartState
from .._records.submission import Submission
from .._studies.aio.images import DEADLINE_SECONDS
from .._studies.aio.job_counts import count_jobs
from .._studies.aio.preflighting import refuse_obstacles
from .._studies.aio.sending import send_parts, settle_unknown
from .._studies.journal import open_journal
from .._studies.preflight_rules import log_hints
from .._studies.session_check import check_async
from .._studies.splitting import BATCHES_PER_CALL, JOBS_PER_BATCH, new_submission
from .._studies.tracebacks import ShortTraceback
from .._utils.arguments import check_callable, check_kind, check_seconds
from .._utils.protocols import HasTask
from ..definitions import JobDefinition
from .storage import upload_file

__all__ = ["Batch", "JobDefinition", "Part", "PartState", "Submission", "UnknownParts", "submit"]

UnknownParts: TypeAlias = Literal["stop", "skip", "repeat"]
"""What to do with a part in doubt, on resuming, if none of its jobs is found in the task."""


async def submit(
    session: AsyncSession,
    task: HasTask,
    jobs: JobDefinition | Iterable[JobDefinition],
    *,
    group: str | None = None,
    journal: str | os.PathLike[str] | None = None,
    resume: Submission | None = None,
    unknown: UnknownParts = "stop",
    preflight: bool = True,
    jobs_per_batch: int = JOBS_PER_BATCH,
    batches_per_call: int = BATCHES_PER_CALL,
    image_deadline_seconds: float | None = DEADLINE_SECONDS,
    on_progress: Callable[[Submission], object] | None = None,
) -> Submission:
    """Submit any number of jobs, each at most once.

    Jobs beyond the service's limits for one batch and one call are split into parts. A part whose response was lost is
    not sent again, because its jobs would run, and be billed, twice. Pass a ``journal`` to be able to call again with
    the same arguments after an error, an interrupt or a crash: accepted parts are not sent again, parts in doubt are
    looked up by tag; the rest is submitted.

    Args:
        session: Session to use.
        task: Task to submit to: an ``HtcTask``, or anything with ``project_id`` and ``task_id``.
        jobs: One definition, or several.
        group: Group of the jobs; None makes one for this submission, so that its jobs can be counted and cancelled
            without any others.
        journal: File that stores the state of every part. It is written before and after each call.
        resume: Instead of a journal, the submission of an ``HtcSubmissionError``.
        unknown: What to do with a part in doubt if none of its jobs is found: ``stop`` raises, ``skip`` ignores
            it, ``repeat`` submits it again, at the risk of running it twice.
        preflight: Check first that the jobs can start; see :func:`rescalehtc.preflight.preflight`.
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
        HtcPreflightError: The jobs could never start, or would be refused; nothing has been sent.
        HtcJournalError: The journal is in use, or belongs to another submission.
        ValueError: There is nothing to submit, or a limit exceeds that of the service.
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
    """
    check_async(session, "submit", task)
    check_kind("jobs", jobs, JobDefinition | Iterable, "one JobDefinition or several")
    check_kind("journal", journal, str | os.PathLike | None, "the path of a file")
    check_kind("resume", resume, Submission | None, "a submission, as submit() returns it")
    check_callable("on_progress", on_progress)
    if image_deadline_seconds is not None:
        check_seconds("image_deadline_seconds", image_deadline_seconds)
    definitions = [jobs] if isinstance(jobs, JobDefinition) else list(jobs)
    wanted = new_submission(task, definitions, group, jobs_per_batch, batches_per_call)
    with ShortTraceback(), open_journal(journal, wanted, resume) as (submission, save):
        try:
            await settle_unknown(session, submission, unknown)
        finally:
            save()
        if submission.jobs_before is None and not submission.job_count:
            submission.jobs_before = (await count_jobs(session, submission, submission.group)).by_status
        if preflight and submission.in_state(PartState.PENDING, PartState.REFUSED):
            log_hints(await refuse_obstacles(session, task.project_id, definitions))
        await send_parts(session, submission, save, image_deadline_seconds, on_progress, upload_file)
    return submission
