"""The ways to name a job."""

from __future__ import annotations

from typing import TypeAlias

from rescalehtc_generated.models.htc_job import HTCJob

from .._records.results import JobResult
from ..exceptions import HtcPayloadError

JobReference: TypeAlias = str | JobResult | HTCJob
"""A job: its ID, or an object that has it."""


def job_id_of(job: JobReference) -> str:
    """The ID of a job.

    Raises:
        HtcPayloadError: It has none.
    """
    if isinstance(job, str):
        return job
    found: object = getattr(job, "job_id" if isinstance(job, JobResult) else "job_uuid", None)
    if not isinstance(found, str):
        raise HtcPayloadError(f"jobs must be IDs, results or models of jobs, not {type(job).__name__}.")
    return found
