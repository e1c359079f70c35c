"""The models and enums of the API, each loaded on first use, and a function with which ``json`` writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rescalehtc_generated import models as _models
from rescalehtc_generated.json_codec import json_default

__all__ = ["json_default"]
__all__ += _models.__all__

if TYPE_CHECKING:
    from rescalehtc_generated.models import *  # noqa: F403
else:
    # Hidden from type checkers, which would otherwise take every misspelled name for one of these.
    from rescalehtc_generated.models import __getattr__ as __getattr__


def __dir__() -> list[str]:
    return list(__all__)
