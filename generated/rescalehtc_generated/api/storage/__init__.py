# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""The routes of one resource. Each is loaded on first use."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import get_region_storage as get_region_storage
    from . import list_storage as list_storage

__all__ = [  # pyright: ignore[reportUnsupportedDunderAll]
    "get_region_storage",
    "list_storage",
]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
