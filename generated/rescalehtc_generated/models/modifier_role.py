# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""ModifierRole: see the class."""

from __future__ import annotations

from enum import StrEnum

from ..types import Members, enum_reader


class ModifierRole(StrEnum):
    """Role in whose name a limit is set: administrator of the workspace or of the project. The service can
    add values.
    """

    WORKSPACE_ADMIN = "WORKSPACE_ADMIN"
    PROJECT_ADMIN = "PROJECT_ADMIN"


modifier_role_members = Members(ModifierRole)
read_modifier_role = enum_reader(modifier_role_members, str)
