# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""LifecycleStatus: see the class."""

from __future__ import annotations

from enum import StrEnum

from ..types import Members, enum_reader


class LifecycleStatus(StrEnum):
    """State of a task: ACTIVE takes jobs, ARCHIVED can be brought back, DELETED is final. The service can
    add values.
    """

    DELETED = "DELETED"
    ACTIVE = "ACTIVE"
    ARCHIVED = "ARCHIVED"


lifecycle_status_members = Members(LifecycleStatus)
read_lifecycle_status = enum_reader(lifecycle_status_members, str)
