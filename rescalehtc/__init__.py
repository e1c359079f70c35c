"""Typed client of the Rescale HTC API.

    from rescalehtc import HtcSession, api

    with HtcSession() as session:
        for project in api.get_htc_projects(session):
            print(project.project_name)

Nothing is loaded before it is asked for, so that importing this package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._version import VERSION as __version__

if TYPE_CHECKING:
    from . import aio as aio
    from . import api as api
    from . import bearer_token as bearer_token
    from . import concurrency as concurrency
    from . import exceptions as exceptions
    from . import htcsession as htcsession
    from . import metrics as metrics
    from . import models as models
    from ._async_session import AsyncHtcSession as AsyncHtcSession
    from .bearer_token import BearerToken as BearerToken
    from .exceptions import HtcException as HtcException
    from .htcsession import HtcSession as HtcSession

__all__ = [
    "AsyncHtcSession",
    "BearerToken",
    "HtcException",
    "HtcSession",
    "__version__",
    "aio",
    "api",
    "bearer_token",
    "concurrency",
    "exceptions",
    "htcsession",
    "metrics",
    "models",
]

_HOMES = {
    "AsyncHtcSession": "_async_session",
    "BearerToken": "bearer_token",
    "HtcException": "exceptions",
    "HtcSession": "htcsession",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    elif name in __all__:
        value = import_module(f".{name}", __name__)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
