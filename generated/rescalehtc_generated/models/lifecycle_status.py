# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from enum import StrEnum


class LifecycleStatus(StrEnum):
    """State of a task: ACTIVE accepts jobs, ARCHIVED can be brought back, DELETED is final. The service
    can add values.
    """

    DELETED = "DELETED"
    ACTIVE = "ACTIVE"
    ARCHIVED = "ARCHIVED"
