# Derived from rescalehtc/aio/resubmission.py by `make generate`. Do not edit.
"""Submitting failed jobs again, with changes, at any later time."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from rescalehtc_generated.client import Session

from ._records.parts import PartState
from ._records.results import JobResult
from ._records.submission import Submission
from ._studies.images import DEADLINE_SECONDS
from ._studies.journal import Save, reopen_journal
from ._studies.preflight_rules import log_hints
from ._studies.preflighting import refuse_obstacles
from ._studies.resubmitting import Selection, check_changes, new_attempt
from ._studies.sending import send_parts, settle_unknown
from ._studies.session_check import check_submission, check_sync
from ._studies.splitting import BATCHES_PER_CALL, JOBS_PER_BATCH, check_limits
from .results import iter_results
from .storage import upload_file
from .submission import UnknownParts

__all__ = ["resubmit"]


def resubmit(
    session: Session,
    submission: Submission | str | os.PathLike[str],
    *,
    failed: Callable[[JobResult], bool] | None = None,
    unknown: UnknownParts = "stop",
    preflight: bool = True,
    jobs_per_batch: int = JOBS_PER_BATCH,
    batches_per_call: int = BATCHES_PER_CALL,
    image_deadline_seconds: float | None = DEADLINE_SECONDS,
    on_progress: Callable[[Submission], object] | None = None,
    **changes: Any,
) -> Submission:
    """Submit the failed jobs of a submission again, and only those, in as few batches as possible.

    The jobs keep their indexes and parameters, and the submission counts each of them once: :func:`wait` and
    :func:`get_results` take the newest attempt, ``get_results(…, attempts="all")`` shows the earlier ones as well.
    Jobs whose indexes are not consecutive share a batch if their definition has ``parameters`` or
    ``uses_job_side``.

    Call it again after an error or a crash: accepted jobs are not submitted again.

    ::

        resubmit(session, submission, max_memory_mib=lambda job: 2 * job.max_memory_mib)
        resubmit(session, "study.json", failed=lambda result: result.worth_retrying)

    Args:
        session: Session to use.
        submission: The submission, or the path of its journal.
        failed: Which of the jobs that have ended to submit again; None for those that did not succeed.
        unknown: What to do with a part in doubt if none of its jobs is found; see :func:`submit`.
        preflight: Check first that the jobs can start.
        jobs_per_batch: Split into smaller batches than the service's limit of 1000 jobs.
        batches_per_call: Split into smaller calls than the service's limit of 100 batches.
        image_deadline_seconds: How long to wait for images that are still being copied to the clouds; None skips the
            check.
        on_progress: Called with the submission before the first call and after each.
        **changes: New values for attributes of :class:`rescalehtc.definitions.JobDefinition`, or functions that make
            them from the definition.

    Returns:
        The submission, with one more attempt; unchanged if no job qualifies.

    Raises:
        HtcSubmissionError: Not every job was accepted; call again to continue.
        HtcPreflightError: The changed jobs could never start, or would be refused.
        HtcJournalError: The journal cannot be used.
        HtcImageError: An image was not ready in time.
        ValueError: A limit or a change is not acceptable.
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
    """
    check_sync(session, "resubmit")
    check_submission("resubmit", submission)
    check_changes(changes)
    check_limits(jobs_per_batch, batches_per_call)
    with _opened(submission) as (study, save):
        try:
            settle_unknown(session, study, unknown)
        finally:
            save()
        if study.in_state(PartState.PENDING, PartState.REFUSED):
            send_parts(session, study, save, image_deadline_seconds, on_progress, upload_file)
        chosen = Selection(study)
        for result in iter_results(session, study):
            if not result.succeeded if failed is None else failed(result):
                chosen.add(result)
        if preflight and chosen.jobs:
            log_hints(refuse_obstacles(session, study.project_id, chosen.changed(changes)))
        if new_attempt(study, chosen, changes, jobs_per_batch, batches_per_call):
            save()
            send_parts(session, study, save, image_deadline_seconds, on_progress, upload_file)
    return study


def _opened(submission: Submission | str | os.PathLike[str]) -> Any:
    if not isinstance(submission, Submission):
        return reopen_journal(submission)
    if submission.journal is not None:
        return reopen_journal(submission.journal, submission)
    unsaved: Save = _keep_in_memory
    return nullcontext((submission, unsaved))


def _keep_in_memory() -> None:
    """Without a journal, the state is in the submission."""
