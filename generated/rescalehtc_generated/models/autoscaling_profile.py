# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""AutoscalingProfile: see the class."""

from __future__ import annotations

from enum import StrEnum

from ..types import Members, enum_reader


class AutoscalingProfile(StrEnum):
    """Profile by which a cluster grows and shrinks: for high utilization, balanced, or not given. The
    details are not documented by the service. The service can add values.
    """

    PROFILE_UNSPECIFIED = "PROFILE_UNSPECIFIED"
    OPTIMIZE_UTILIZATION = "OPTIMIZE_UTILIZATION"
    BALANCED = "BALANCED"
    UNRECOGNIZED = "UNRECOGNIZED"


autoscaling_profile_members = Members(AutoscalingProfile)
read_autoscaling_profile = enum_reader(autoscaling_profile_members, str)
