"""A local HTC server, for developing and testing without an account: real jobs, realistic behaviour, faults on demand.

    from rescalehtc.local import LocalServer

    with LocalServer(speed=100) as server:
        session = HtcSession(api_key=server.api_key, base_url=server.url)

From a shell: ``python -m rescalehtc.local``. Needs the extra ``rescalehtc[local]``, and Linux, macOS or WSL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._server import LocalServer
    from ._state.clock import Clock
    from ._wire.faults import Fault, Faults
    from ._wire.request_log import RequestRecord, Requests

__all__ = ["Clock", "Fault", "Faults", "LocalServer", "RequestRecord", "Requests"]

_HOMES = {
    "Clock": "_state.clock",
    "Fault": "_wire.faults",
    "Faults": "_wire.faults",
    "LocalServer": "_server",
    "RequestRecord": "_wire.request_log",
    "Requests": "_wire.request_log",
}


def __getattr__(name: str) -> object:
    # Importing this package must not load the server's libraries.
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
