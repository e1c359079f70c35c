"""The ways to name a job."""

from __future__ import annotations

from typing import TypeAlias

from rescalehtc_generated.models.htc_job import HTCJob

from .._records.results import JobResult

JobReference: TypeAlias = str | JobResult | HTCJob
"""A job: its ID, or an object that has it."""


def job_id_of(job: JobReference) -> str:
    """The ID of a job."""
    if isinstance(job, str):
        return job
    return job.job_id if isinstance(job, JobResult) else job.job_uuid
