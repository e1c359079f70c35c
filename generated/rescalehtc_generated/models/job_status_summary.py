# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class JobStatusSummary(Model):
    """How many jobs are in each status."""

    group: str | None = field("group", default=None)
    """Name of the group counted; can be null or missing, as in the counts of a whole task."""
    job_statuses: dict[str, int] = field("jobStatuses")
    """Number of jobs by status. All seven statuses that do not begin with POD are present, even if zero;
    accept others.
    """
