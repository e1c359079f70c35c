# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from enum import StrEnum


class HTCJobErrorCodeName(StrEnum):
    """Why a job failed: it ran out of time, memory or budget, its container did not start or ended with a
    code other than 0, or the machine, provider or region failed. Null when it did not fail. The service
    can add values.
    """

    ERROR_UNKNOWN_FAILURE = "ErrorUnknownFailure"
    ERROR_TIMEOUT = "ErrorTimeout"
    ERROR_NOT_ENOUGH_MEMORY = "ErrorNotEnoughMemory"
    ERROR_NON_ZERO_CONTAINER_EXIT_CODE = "ErrorNonZeroContainerExitCode"
    ERROR_COST_EXCEEDED = "ErrorCostExceeded"
    ERROR_INFRASTRUCTURE_FAULT = "ErrorInfrastructureFault"
    ERROR_INSTANCE_TERMINATION = "ErrorInstanceTermination"
    ERROR_STARTING_CONTAINER = "ErrorStartingContainer"
    ERROR_PROVIDER_DOWN = "ErrorProviderDown"
    ERROR_PROVIDER_REGION_DOWN = "ErrorProviderRegionDown"
