# Derived from rescalehtc/aio/completion.py by `make generate`. Do not edit.
"""The results of jobs as they end."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Iterator

import attrs

from rescalehtc_generated.api.job import list_jobs
from rescalehtc_generated.client import Session
from rescalehtc_generated.models.htc_job import HTCJob

from ._records import statuses
from ._records.counts import JobCounts
from ._records.membership import Membership
from ._records.results import JobResult
from ._records.submission import Submission
from ._studies.gathering import IDS_PER_CALL
from ._studies.job_counts import OwnCounts
from ._studies.journal import load_journal
from ._studies.ledger import open_ledger
from ._studies.result_filter import ResultFilter
from ._studies.session_check import check_submission, check_sync
from ._studies.wait_rules import check_intervals, next_interval, timed_out, wait_stopped
from ._utils.arguments import check_callable
from ._utils.protocols import Stop
from ._utils.scheduling import monotonic, pause
from .progress import Display, open_display

__all__ = ["iter_completed"]

_WINDOW = 5000
"""Largest number of results that are kept to be sorted."""


def iter_completed(
    session: Session,
    submission: Submission | str | os.PathLike[str],
    *,
    deadline_seconds: float | None = None,
    min_interval_seconds: float = 1.0,
    max_interval_seconds: float = 30.0,
    page_size: int | None = None,
    stop: Stop | None = None,
    on_counts: Callable[[JobCounts], object] | None = None,
    progress: bool | Display | None = None,
) -> Iterator[JobResult]:
    """Yield each job's result once, soon after the job ends, until all jobs of the submission have ended.

    Polls the counts, and fetches results only when they show that there are any, many in one call. Results that are
    found together come in order of completion, up to 5000 at a time. You may resubmit jobs while you iterate: the
    result of the new attempt follows.

    If the submission has a journal, a file next to it records which results you have received, and after a crash the
    iteration continues from there. The result that your program was working on at that moment is returned again, with
    ``maybe_seen`` set. Leaving the loop early counts as a crash.

    Args:
        session: Session to use.
        submission: The submission, or the path of its journal.
        deadline_seconds: Longest time to wait, None for no limit.
        min_interval_seconds: Shortest time between two calls for the counts.
        max_interval_seconds: Longest time between two calls; the service refreshes its counts every 30 seconds.
        page_size: Jobs in one response, None for the service's default; it may refuse large ones.
        stop: An event that ends the iteration when it is set.
        on_counts: Called with the counts after each call.
        progress: A progress bar by status; see :func:`rescalehtc.waiting.wait`.

    Raises:
        HtcWaitTimeoutError: The deadline has passed.
        HtcWaitStoppedError: ``stop`` was set.
        HtcJournalError: The journal cannot be used, or another program iterates over it.
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
    """
    check_sync(session, "iter_completed")
    check_submission("iter_completed", submission)
    check_intervals(min_interval_seconds, max_interval_seconds, deadline_seconds)
    check_callable("on_counts", on_counts)
    study = submission if isinstance(submission, Submission) else load_journal(submission)
    display = open_display(progress)
    start, interval = monotonic(), min_interval_seconds
    seen: JobCounts | None = None
    with open_ledger(study) as ledger:
        parts, members, result_of = len(study.parts), Membership(study), ResultFilter(study)
        counter, delivered = OwnCounts(session, study, None), ledger.number_delivered(members)
        try:
            while True:
                if len(study.parts) != parts:
                    # Jobs were submitted again meanwhile.
                    parts, members, result_of = len(study.parts), Membership(study), ResultFilter(study)
                    counter = OwnCounts(session, study, None)
                    delivered = ledger.number_delivered(members)
                if delivered >= study.job_count:
                    return
                counts = counter.count()
                display.update(counts.by_status, max(counts.total, study.job_count))
                if on_counts is not None:
                    on_counts(counts)
                spent = 0.0
                if counts.ended > delivered:
                    missing = list(ledger.missing(members)) if study.job_count - delivered < counts.ended else None
                    looked = monotonic()
                    for window in _windows(_ended(session, study, counts, missing, page_size)):
                        spent += monotonic() - looked
                        for result in _in_order(filter(None, map(result_of, window))):
                            member = members.find(result.job_id)
                            if member is None or ledger.was_delivered(member):
                                continue
                            delivered += 1
                            maybe_seen = ledger.maybe_delivered(member)
                            ledger.deliver(member)
                            yield attrs.evolve(result, maybe_seen=True) if maybe_seen else result
                        ledger.confirm()
                        looked = monotonic()
                    spent += monotonic() - looked
                if delivered >= study.job_count and len(study.parts) == parts:
                    return
                if stop is not None and stop.is_set():
                    raise wait_stopped(counts)
                interval = next_interval(interval, seen, counts, min_interval_seconds, max_interval_seconds)
                seen = counts
                left = math.inf if deadline_seconds is None else start + deadline_seconds - monotonic()
                if left <= 0:
                    raise timed_out(deadline_seconds or 0, counts)
                # At most half of the time is spent on calls.
                pause(min(max(interval, spent), left), stop)
        finally:
            display.close()


def _ended(
    session: Session,
    study: Submission,
    counts: JobCounts,
    missing: list[list[str]] | None,
    page_size: int | None,
) -> Iterator[HTCJob]:
    """Jobs that have ended: all of them, or only the missing ones if these are fewer."""
    if missing is not None:
        for ids in missing:
            call = list_jobs.call(
                study.project_id, study.task_id, group=study.group, job_ids=ids, page_size=IDS_PER_CALL
            )
            for job in session.stream(call):
                yield job
        return
    for status in sorted(statuses.FINAL):
        if counts.by_status.get(status):
            call = list_jobs.call(
                study.project_id, study.task_id, group=study.group, status=status, page_size=page_size
            )
            for job in session.stream(call):
                yield job


def _windows(jobs: Iterator[HTCJob]) -> Iterator[list[HTCJob]]:
    window: list[HTCJob] = []
    for job in jobs:
        window.append(job)
        if len(window) == _WINDOW:
            yield window
            window = []
    yield window


def _in_order(results: Iterable[JobResult]) -> list[JobResult]:
    return sorted(results, key=lambda each: each.completed_at.timestamp() if each.completed_at else math.inf)
