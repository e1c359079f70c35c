# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""The routes of one resource. Each is loaded on first use."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import get_gcp_clusters as get_gcp_clusters
    from . import get_region as get_region
    from . import list_regions as list_regions

__all__ = [  # pyright: ignore[reportUnsupportedDunderAll]
    "get_gcp_clusters",
    "get_region",
    "list_regions",
]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
