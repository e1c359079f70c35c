# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from enum import StrEnum


class RescaleJobStatus(StrEnum):
    """Status of a job, in the order of its life: SUBMITTED_TO_RESCALE (also while a limit is used up),
    SUBMITTED_TO_PROVIDER, RUNNABLE, STARTING, RUNNING, then SUCCEEDED or FAILED. A cancelled job is
    FAILED. POD_SUCCEEDED and POD_FAILED are final too. The service can add values.
    """

    SUBMITTED_TO_RESCALE = "SUBMITTED_TO_RESCALE"
    SUBMITTED_TO_PROVIDER = "SUBMITTED_TO_PROVIDER"
    RUNNABLE = "RUNNABLE"
    STARTING = "STARTING"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    POD_SUCCEEDED = "POD_SUCCEEDED"
    POD_FAILED = "POD_FAILED"
