# Derived from rescalehtc/aio/results.py by `make generate`. Do not edit.
"""Statuses, exit codes and times of many jobs at once."""

from __future__ import annotations

from collections.abc import Iterator

from rescalehtc_generated.client import Session
from rescalehtc_generated.models.rescale_job_status import RescaleJobStatus

from ._records.results import JobFailure, JobResult, JobResults, to_records
from ._studies.result_filter import ResultFilter, results_call
from ._utils.protocols import HasTask

__all__ = ["JobFailure", "JobResult", "JobResults", "get_results", "iter_results", "to_records"]


def iter_results(
    session: Session, target: HasTask, *, group: str | None = None, status: RescaleJobStatus | str | None = None
) -> Iterator[JobResult]:
    """The jobs that have ended, one by one, page by page.

    Args:
        session: Session to use.
        target: A task, or a submission, which returns its own jobs only.
        group: Only jobs of this group. A submission has its own.
        status: Only jobs in this final status, such as ``FAILED``.

    Raises:
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
    """
    is_wanted = ResultFilter(target)
    for job in session.stream(results_call(target, group, status)):
        if is_wanted(job):
            yield JobResult.of(job)


def get_results(
    session: Session, target: HasTask, *, group: str | None = None, status: RescaleJobStatus | str | None = None
) -> JobResults:
    """The jobs that have ended, as a list that renders as a table; see :func:`iter_results`.

    Raises:
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
    """
    results = JobResults()
    for result in iter_results(session, target, group=group, status=status):
        results.append(result)
    return results
