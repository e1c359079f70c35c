"""One HTTP exchange: its body, its entry in the request log, and the connection that a fault breaks."""

from __future__ import annotations

import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from .messages import ApiError


async def read_body(request: Request, limit: int) -> bytes:
    """The whole body.

    Raises:
        ApiError: 413 if it is longer than ``limit`` bytes; where its length is announced, before any of it is read.
        ClientDisconnect: if it never comes to its end.
    """
    too_long = ApiError(413, "BODY_TOO_LARGE", f"A body may have up to {limit} bytes.", {"Connection": "close"})
    if int(request.headers.get("content-length", "0")) > limit:
        raise too_long
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            raise too_long
    return bytes(body)


class Exchange:
    """A request and its response, whose messages go through ``receive`` and ``send``.

    Args:
        record: called with this and the status (0 for none) before the response is sent: then whoever has it finds
            it in the log.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send, record: Callable[[Exchange, int], None]) -> None:
        self.scope = scope
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.started = time.perf_counter()
        self._receive = receive
        self._send = send
        self._record = record
        #: ``operationId`` of the description or the storage.
        self.operation = ""
        #: Kind of the fault that hits it.
        self.fault = ""
        #: Whether a client that waits for `100 Continue` has not been told to go on.
        self._holds_body = b"expect" in self.headers
        self.responded = False
        #: Whether the connection is to be broken.
        self.aborted = False

    async def receive(self) -> Message:
        self._holds_body = False
        return await self._receive()

    async def send(self, message: Message) -> None:
        if self.aborted:
            return
        if message["type"] == "http.response.start":
            self.responded = True
            self.aborted = self.fault in ("cut_before", "cut_after_execution")
            self._record(self, 0 if self.aborted else message["status"])
            if self.aborted:
                return
            headers: list[tuple[bytes, bytes]] = message["headers"]
            if self.fault == "cut_during":
                # One more than there is, so that it also works for a response without a body.
                longer = [(name, b"%d" % (int(value) + 1)) for name, value in headers if name == b"content-length"]
                others = [each for each in headers if each[0] != b"content-length"]
                message = {**message, "headers": [*others, *longer]}
            elif self._holds_body:
                # Nobody knows whether the client still sends it.
                message = {**message, "headers": [*headers, (b"connection", b"close")]}
        elif self.fault == "cut_during":
            body: bytes = message.get("body", b"")
            message = {**message, "body": body[: len(body) // 2], "more_body": True}
            self.aborted = True
        await self._send(message)
