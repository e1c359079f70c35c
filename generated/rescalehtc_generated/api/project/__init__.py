# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""The routes of one resource. Each is loaded on first use."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import create_project as create_project
    from . import create_project_limit as create_project_limit
    from . import delete_project_limit as delete_project_limit
    from . import delete_project_limits as delete_project_limits
    from . import delete_project_task_retention_policy as delete_project_task_retention_policy
    from . import get_project as get_project
    from . import get_project_dimensions as get_project_dimensions
    from . import get_project_limit as get_project_limit
    from . import get_project_presigned_url as get_project_presigned_url
    from . import get_project_region_storage_token as get_project_region_storage_token
    from . import get_project_storage_token as get_project_storage_token
    from . import get_project_task_retention_policy as get_project_task_retention_policy
    from . import list_project_limits as list_project_limits
    from . import list_project_storage_tokens as list_project_storage_tokens
    from . import list_projects as list_projects
    from . import replace_project_dimensions as replace_project_dimensions
    from . import replace_project_task_retention_policy as replace_project_task_retention_policy
    from . import update_project as update_project
    from . import update_project_limit as update_project_limit

__all__ = [  # pyright: ignore[reportUnsupportedDunderAll]
    "create_project",
    "create_project_limit",
    "delete_project_limit",
    "delete_project_limits",
    "delete_project_task_retention_policy",
    "get_project",
    "get_project_dimensions",
    "get_project_limit",
    "get_project_presigned_url",
    "get_project_region_storage_token",
    "get_project_storage_token",
    "get_project_task_retention_policy",
    "list_project_limits",
    "list_project_storage_tokens",
    "list_projects",
    "replace_project_dimensions",
    "replace_project_task_retention_policy",
    "update_project",
    "update_project_limit",
]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
