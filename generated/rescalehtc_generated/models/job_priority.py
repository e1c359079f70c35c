# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""JobPriority: see the class."""

from __future__ import annotations

from enum import StrEnum

from ..types import Members, enum_reader


class JobPriority(StrEnum):
    """Class of capacity that a job runs on. How the two differ in waiting time and price is not documented
    by the service. The service can add values.
    """

    ON_DEMAND_PRIORITY = "ON_DEMAND_PRIORITY"
    ON_DEMAND_ECONOMY = "ON_DEMAND_ECONOMY"


job_priority_members = Members(JobPriority)
read_job_priority = enum_reader(job_priority_members, str)
