# Derived from rescalehtc/_studies/aio/cancelling.py by `make generate`. Do not edit.
"""Cancels jobs, and makes sure that they end."""

from __future__ import annotations

import math

from rescalehtc_generated.api.job import cancel_jobs, list_job_events, list_jobs
from rescalehtc_generated.client import Session
from rescalehtc_generated.models.rescale_job_status import RescaleJobStatus

from .._records import statuses
from .._records.cancellation import Cancellation
from .._records.odd_values import text
from .._records.results import JobResult, JobResults
from .._utils.protocols import HasTask
from .._utils.scheduling import monotonic, pause
from ..exceptions import HtcCancelError
from .job_counts import OwnCounts
from .result_filter import owns_jobs
from .wait_rules import group_of, timed_out

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_UNFINISHED = tuple(status for status in RescaleJobStatus if status not in statuses.FINAL)


def cancel_and_wait(
    session: Session,
    target: HasTask,
    group: str | None,
    deadline_seconds: float | None,
    max_checked: int,
    others: bool,
) -> Cancellation:
    """Cancel the jobs of a target, and return when all of them have ended."""
    group = group_of(target) if group is None else group
    open_ids = _unfinished(session, target, group, others)
    call = cancel_jobs.call(target.project_id, target.task_id, group=group)
    counter = OwnCounts(session, target, None)
    end = math.inf if deadline_seconds is None else monotonic() + deadline_seconds
    interval = _FIRST_PAUSE
    while True:
        # A 200 does not promise that every job was cancelled, and asking again is harmless.
        session.send(call)
        counts = counter.count()
        if not counts.remaining:
            break
        left = end - monotonic()
        if left <= 0:
            raise timed_out(deadline_seconds or 0, counts)
        pause(min(interval, left))
        interval = min(2 * interval, _LONGEST_PAUSE)
    cancelled, unchecked, otherwise = 0, 0, JobResults()
    for status in sorted(statuses.FINAL):
        if not counts.by_status.get(status):
            continue
        listing = list_jobs.call(target.project_id, target.task_id, group=group, status=status)
        for job in session.stream(listing):
            job_id = text(job.job_uuid)
            if job_id not in open_ids:
                continue
            if text(job.status) not in statuses.FAILED:
                otherwise.append(JobResult.of(job))
            elif cancelled + len(otherwise) >= max_checked:
                unchecked += 1
            elif _was_cancelled(session, target, job_id):
                cancelled += 1
            else:
                otherwise.append(JobResult.of(job))
    return Cancellation(counts, cancelled, otherwise, unchecked)


def _unfinished(session: Session, target: HasTask, group: str | None, others: bool) -> set[str]:
    """The jobs that the cancellation concerns.

    Raises:
        HtcCancelError: Jobs of others would be cancelled too.
    """
    owns = owns_jobs(target)
    found, foreign = set[str](), 0
    for status in _UNFINISHED:
        listing = list_jobs.call(target.project_id, target.task_id, group=group, status=status)
        for job in session.stream(listing):
            job_id = text(job.job_uuid)
            if owns is None or owns(job_id):
                found.add(job_id)
            else:
                foreign += 1
    if foreign and not others:
        where = "the whole task" if group is None else f"the group {group!r}"
        raise HtcCancelError(
            f"The service can only cancel {where}, in which {foreign} jobs of others are not finished. Nothing was "
            "cancelled. Pass others=True to cancel them too; submit without a group to get one for the submission."
        )
    return found


def _was_cancelled(session: Session, target: HasTask, job_id: str) -> bool:
    events = session.collect(list_job_events.call(target.project_id, target.task_id, job_id))
    return any(event.user_cancelled_event for event in events)
