# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""The routes of one resource. Each is loaded on first use."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import get_workspace_dimensions as get_workspace_dimensions
    from . import get_workspace_limit as get_workspace_limit
    from . import get_workspace_task_retention_policy as get_workspace_task_retention_policy
    from . import replace_workspace_task_retention_policy as replace_workspace_task_retention_policy

__all__ = [  # pyright: ignore[reportUnsupportedDunderAll]
    "get_workspace_dimensions",
    "get_workspace_limit",
    "get_workspace_task_retention_policy",
    "replace_workspace_task_retention_policy",
]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
