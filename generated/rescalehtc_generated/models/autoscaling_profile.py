# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from enum import StrEnum


class AutoscalingProfile(StrEnum):
    """Profile according to which a cluster grows and shrinks: for high utilization, balanced, or not
    given. The details are not documented by the service. The service can add values.
    """

    PROFILE_UNSPECIFIED = "PROFILE_UNSPECIFIED"
    OPTIMIZE_UTILIZATION = "OPTIMIZE_UTILIZATION"
    BALANCED = "BALANCED"
    UNRECOGNIZED = "UNRECOGNIZED"
