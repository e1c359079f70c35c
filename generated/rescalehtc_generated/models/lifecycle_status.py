# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""LifecycleStatus: see the class."""

from __future__ import annotations

from enum import StrEnum

from ..types import enum_reader


class LifecycleStatus(StrEnum):
    """State of a task: ACTIVE takes jobs, ARCHIVED can be brought back, DELETED is final. The service can
    add values.
    """

    DELETED = "DELETED"
    ACTIVE = "ACTIVE"
    ARCHIVED = "ARCHIVED"


read_lifecycle_status = enum_reader(LifecycleStatus)
