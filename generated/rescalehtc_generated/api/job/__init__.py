# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""The routes of one resource. Each is loaded on first use."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import cancel_jobs as cancel_jobs
    from . import get_job as get_job
    from . import list_job_events as list_job_events
    from . import list_job_logs as list_job_logs
    from . import list_jobs as list_jobs
    from . import submit_jobs as submit_jobs

__all__ = [  # pyright: ignore[reportUnsupportedDunderAll]
    "cancel_jobs",
    "get_job",
    "list_job_events",
    "list_job_logs",
    "list_jobs",
    "submit_jobs",
]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
