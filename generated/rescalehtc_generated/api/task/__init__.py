# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""The routes of one resource. Each is loaded on first use."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import create_task as create_task
    from . import delete_task as delete_task
    from . import get_task as get_task
    from . import get_task_presigned_url as get_task_presigned_url
    from . import get_task_region_storage_token as get_task_region_storage_token
    from . import get_task_regional_storage as get_task_regional_storage
    from . import get_task_storage_token as get_task_storage_token
    from . import get_task_summary_statistics as get_task_summary_statistics
    from . import list_group_summary_statistics as list_group_summary_statistics
    from . import list_groups as list_groups
    from . import list_task_storage_tokens as list_task_storage_tokens
    from . import list_tasks as list_tasks
    from . import update_task as update_task

__all__ = [  # pyright: ignore[reportUnsupportedDunderAll]
    "create_task",
    "delete_task",
    "get_task",
    "get_task_presigned_url",
    "get_task_region_storage_token",
    "get_task_regional_storage",
    "get_task_storage_token",
    "get_task_summary_statistics",
    "list_group_summary_statistics",
    "list_groups",
    "list_task_storage_tokens",
    "list_tasks",
    "update_task",
]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
