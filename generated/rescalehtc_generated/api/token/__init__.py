# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""The routes of one resource. Each is loaded on first use."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import create_oauth2_token as create_oauth2_token
    from . import get_auth_token as get_auth_token
    from . import get_json_web_keys as get_json_web_keys
    from . import get_token_who_am_i as get_token_who_am_i
    from . import get_who_am_i as get_who_am_i

__all__ = [  # pyright: ignore[reportUnsupportedDunderAll]
    "create_oauth2_token",
    "get_auth_token",
    "get_json_web_keys",
    "get_token_who_am_i",
    "get_who_am_i",
]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
