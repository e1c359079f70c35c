# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from enum import StrEnum


class ModifierRole(StrEnum):
    """Role in whose name a limit is set: administrator of the workspace or of the project. The service can
    add values.
    """

    WORKSPACE_ADMIN = "WORKSPACE_ADMIN"
    PROJECT_ADMIN = "PROJECT_ADMIN"
