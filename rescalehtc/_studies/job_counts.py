# Derived from rescalehtc/_studies/aio/job_counts.py by `make generate`. Do not edit.
"""Counts jobs by status."""

from __future__ import annotations

from rescalehtc_generated.api.job import get_job
from rescalehtc_generated.api.task import get_task_summary_statistics, list_group_summary_statistics
from rescalehtc_generated.client import Session

from .._records.counts import JobCounts
from .._utils.protocols import WaitTarget
from .wait_rules import single_job


def count_jobs(session: Session, target: WaitTarget, group: str | None) -> JobCounts:
    """The jobs of a task, of one of its groups, or a single job, by status."""
    job_id = single_job(target)
    if job_id is not None:
        job = session.send(get_job.call(target.project_id, target.task_id, job_id))
        return JobCounts({str(job.status): 1})
    if group is None:
        summary = session.send(get_task_summary_statistics.call(target.project_id, target.task_id))
        return JobCounts(summary.job_statuses or {})
    call = list_group_summary_statistics.call(target.project_id, target.task_id, group=[group])
    for summary in session.collect(call):
        if summary.group == group:
            return JobCounts(summary.job_statuses or {})
    # A group is unknown until its first job is.
    return JobCounts({})
