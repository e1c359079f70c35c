# Derived from rescalehtc/aio/report.py by `make generate`. Do not edit.
"""Numbers and a picture of the jobs of a study."""

from __future__ import annotations

from rescalehtc_generated.api.job import list_jobs
from rescalehtc_generated.client import Session

from ._records.odd_values import text
from ._records.report import Report, ReportBuilder, Spread
from ._studies.plotting import plot
from ._studies.result_filter import owns_jobs
from ._studies.session_check import check_sync
from ._studies.wait_rules import group_of
from ._utils.protocols import HasTask

__all__ = ["Report", "Spread", "plot", "report"]


def report(session: Session, target: HasTask, *, group: str | None = None, page_size: int | None = None) -> Report:
    """Counts, times and consumption of the jobs of a submission or task, finished or not.

    Lists the jobs. Of jobs that were submitted again, the newest attempt counts.

    Args:
        session: Session to use.
        target: A submission, or a task.
        group: Only jobs of this group. A submission has its own.
        page_size: Jobs in one response, None for the service's default; it may refuse large ones.

    Returns:
        The report: ``print`` shows it as text, a notebook as a table. ``to_records()`` is for data frames, :func:`plot`
        draws the jobs over time.

    Raises:
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
    """
    check_sync(session, "report", target)
    owns, builder = owns_jobs(target), ReportBuilder()
    call = list_jobs.call(
        target.project_id,
        target.task_id,
        group=group_of(target) if group is None else group,
        page_size=page_size,
    )
    for job in session.stream(call):
        if owns is None or owns(text(job.job_uuid)):
            builder.add(job)
    return builder.build()
