# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""LogOrder: see the class."""

from __future__ import annotations

from enum import StrEnum

from ..types import Members, enum_reader


class LogOrder(StrEnum):
    """Order of log lines by time: `asc` oldest first, `desc`, the default, newest first."""

    ASC = "asc"
    DESC = "desc"


log_order_members = Members(LogOrder)
read_log_order = enum_reader(log_order_members, str)
