# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""ViewType: see the class."""

from __future__ import annotations

from enum import StrEnum

from ..types import Members, enum_reader


class ViewType(StrEnum):
    """How much of each job a list holds. Which fields SIMPLE leaves out is not documented by the service."""

    FULL = "FULL"
    SIMPLE = "SIMPLE"


view_type_members = Members(ViewType)
read_view_type = enum_reader(view_type_members, str)
