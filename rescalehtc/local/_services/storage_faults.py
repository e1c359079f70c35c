"""Faults on demand of the storage."""

from __future__ import annotations

import asyncio
from typing import cast

from starlette.requests import Request
from starlette.responses import Response

from .._server_state import ServerState
from .._wire.exchange import Exchange


async def apply_fault(state: ServerState, request: Request, operation: str) -> Response | None:
    """What to answer in place of an operation of the storage, if a fault says so.

    To be called when it is known that the client may do what it asks for.
    """
    exchange = cast(Exchange, request.scope["rescalehtc"])
    exchange.operation = operation
    for fault in state.faults.take(operation):
        exchange.fault = fault.kind
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        elif fault.kind == "cut_before":
            return Response()
        elif fault.kind == "status":
            return Response(status_code=fault.status)
    return None
