"""Faults of the storage on demand, and what the request log needs to know about its requests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

from starlette.requests import Request
from starlette.responses import Response

from .._server_state import ServerState
from .._wire.asgi import CLOSE, Message, Send


class StorageRequest:
    """One request that is not for the API, and the faults that hit it. Wraps ``send``."""

    def __init__(self, send: Send, record: Callable[[int], None], *, expects_continue: bool) -> None:
        self._expects_continue = expects_continue
        self._send = send
        self._record = record
        self.operation = ""
        self.fault = ""
        self.responded = False
        #: Whether the connection is to be broken.
        self.aborted = False

    async def send(self, message: Message) -> None:
        if self.aborted:
            return
        if message["type"] == "http.response.start":
            self.responded = True
            self.aborted = self.fault in ("cut_before", "cut_after_execution")
            self._record(0 if self.aborted else message["status"])
            if self.aborted:
                return
            if self._expects_continue and message["status"] >= 400:
                message = {**message, "headers": [*message["headers"], CLOSE]}
        elif self.fault == "cut_during":
            body: bytes = message.get("body", b"")
            await self._send({**message, "body": body[: len(body) // 2], "more_body": True})
            self.aborted = True
            return
        await self._send(message)


async def apply_fault(state: ServerState, request: Request, operation: str) -> Response | None:
    """The response that replaces an operation of the storage, if there is a fault for it.

    Called after the client's permissions were checked.
    """
    own = cast(StorageRequest, request.scope["rescalehtc"])
    own.operation = operation
    for fault in state.faults.take(operation):
        own.fault = fault.kind
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        elif fault.kind == "cut_before":
            return Response()
        elif fault.kind == "status":
            return Response(status_code=fault.status)
    return None
