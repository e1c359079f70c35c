"""A local HTC server, for developing and testing without an account: real jobs, true semantics, faults on demand.

    from rescalehtc.local import LocalServer

    with LocalServer(speed=100) as server:
        session = HtcSession(api_key=server.api_key, base_url=server.url)

From a shell: `python -m rescalehtc.local`. Needs the extra `rescalehtc[local]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rescalehtc.local._clock import Clock
    from rescalehtc.local._faults import Fault, Faults
    from rescalehtc.local._server import LocalServer

__all__ = ["Clock", "Fault", "Faults", "LocalServer"]

_HOMES = {"Clock": "_clock", "Fault": "_faults", "Faults": "_faults", "LocalServer": "_server"}


def __getattr__(name: str) -> object:
    # The modules within import each other through this package; loading them late keeps that free of circles.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    try:
        value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("rescalehtc"):
            raise
        raise ModuleNotFoundError(
            f"the local server needs {error.name}: pip install 'rescalehtc[local]'", name=error.name
        ) from error
    globals()[name] = value
    return value
