# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCJobErrorCodeName: see the class."""

from __future__ import annotations

from enum import StrEnum

from ..types import Members, enum_reader


class HTCJobErrorCodeName(StrEnum):
    """Why a job failed: it ran out of time, memory or budget, its container did not start or ended with a
    code other than 0, or the machine, provider or region failed. Null when it did not fail. The service
    can add values.
    """

    ERRORUNKNOWNFAILURE = "ErrorUnknownFailure"
    ERRORTIMEOUT = "ErrorTimeout"
    ERRORNOTENOUGHMEMORY = "ErrorNotEnoughMemory"
    ERRORNONZEROCONTAINEREXITCODE = "ErrorNonZeroContainerExitCode"
    ERRORCOSTEXCEEDED = "ErrorCostExceeded"
    ERRORINFRASTRUCTUREFAULT = "ErrorInfrastructureFault"
    ERRORINSTANCETERMINATION = "ErrorInstanceTermination"
    ERRORSTARTINGCONTAINER = "ErrorStartingContainer"
    ERRORPROVIDERDOWN = "ErrorProviderDown"
    ERRORPROVIDERREGIONDOWN = "ErrorProviderRegionDown"


htc_job_error_code_name_members = Members(HTCJobErrorCodeName)
read_htc_job_error_code_name = enum_reader(htc_job_error_code_name_members, str)
