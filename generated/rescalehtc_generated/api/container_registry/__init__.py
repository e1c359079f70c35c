# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""The routes of one resource. Each is loaded on first use."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import create_repository as create_repository
    from . import get_image_status as get_image_status
    from . import get_registry_token as get_registry_token
    from . import list_images as list_images

__all__ = [  # pyright: ignore[reportUnsupportedDunderAll]
    "create_repository",
    "get_image_status",
    "get_registry_token",
    "list_images",
]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
