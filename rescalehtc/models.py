"""The models and enums of the API, each loaded when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rescalehtc_generated import models as _models

if TYPE_CHECKING:
    from rescalehtc_generated.models import *  # noqa: F403

__all__: list[str] = []
__all__ += _models.__all__


def __getattr__(name: str) -> Any:
    if name not in _models.__all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(_models, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
