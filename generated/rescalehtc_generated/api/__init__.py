# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""The routes of the API, by resource. Each is loaded on first use."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import container_registry as container_registry
    from . import job as job
    from . import metrics as metrics
    from . import project as project
    from . import provider as provider
    from . import storage as storage
    from . import task as task
    from . import token as token
    from . import workspace as workspace

__all__ = [  # pyright: ignore[reportUnsupportedDunderAll]
    "container_registry",
    "job",
    "metrics",
    "project",
    "provider",
    "storage",
    "task",
    "token",
    "workspace",
]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
