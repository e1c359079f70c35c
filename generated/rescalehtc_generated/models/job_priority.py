# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from enum import StrEnum


class JobPriority(StrEnum):
    """Class of capacity that a job runs on. How the two differ in waiting time and price is not documented
    by the service. The service can add values.
    """

    ON_DEMAND_PRIORITY = "ON_DEMAND_PRIORITY"
    ON_DEMAND_ECONOMY = "ON_DEMAND_ECONOMY"
