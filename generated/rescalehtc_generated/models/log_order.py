# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from enum import StrEnum


class LogOrder(StrEnum):
    """Order of log lines by time: `asc` oldest first, `desc`, the default, newest first."""

    ASC = "asc"
    DESC = "desc"
