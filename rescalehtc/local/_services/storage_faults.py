"""Faults on demand of the storage."""

from __future__ import annotations

import asyncio
from typing import cast

from starlette.requests import Request
from starlette.responses import Response

from .._server_state import ServerState
from .._wire.exchange import Exchange


async def apply_fault(state: ServerState, request: Request, operation: str) -> Response | None:
    """The response that replaces an operation of the storage, if there is a fault for it.

    Called after the client's permissions were checked.
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
