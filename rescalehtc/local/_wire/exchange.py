"""One HTTP exchange: its body, its entry in the request log, and the connection that a fault breaks."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from .messages import ApiError
from .request_log import Requests


async def body_parts(request: Request, limit: int) -> AsyncIterator[bytes]:
    """The body, as it comes.

    Raises:
        ApiError: 413 if it is longer than ``limit`` bytes; where its length is announced, before any of it is read.
        ClientDisconnect: if it never comes to its end.
    """
    too_long = ApiError(413, "BODY_TOO_LARGE", f"A body may have up to {limit} bytes.", {"Connection": "close"})
    if int(request.headers.get("content-length", "0")) > limit:
        raise too_long
    async for part in request.stream():
        limit -= len(part)
        if limit < 0:
            raise too_long
        yield part


async def read_body(request: Request, limit: int) -> bytes:
    """The whole body; fails like ``body_parts``."""
    return b"".join([part async for part in body_parts(request, limit)])


class Exchange:
    """A request and its response, whose messages go through ``receive`` and ``send``.

    The scope must not refer to it: such a cycle would keep every request until the garbage collector runs.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send, log: Requests) -> None:
        self.started = time.perf_counter()
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.method: str = scope["method"]
        self.path: str = scope["raw_path"].decode("latin-1")
        query: bytes = scope["query_string"]
        #: Path and query as the log shows them. Queries of the storage hold signatures.
        self.target = self.path + "?…" if query else self.path
        #: The ``operation`` (``operationId`` of the description or the storage), the kind of the ``fault`` that hits
        #: it, and what can ``abort`` the connection, without sending another byte.
        self.notes: dict[str, Any] = scope["state"]
        self._receive = receive
        self._send = send
        self._log = log
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
        fault: str = self.notes.get("fault", "")
        if message["type"] == "http.response.start":
            self.responded = True
            self.aborted = fault in ("cut_before", "cut_after_execution")
            status = 0 if self.aborted else message["status"]
            # Before it is sent, so that whoever receives it finds it in the log.
            self._log.add(self.notes.get("operation", ""), self.method, self.target, status, self.started, fault)
            if self.aborted:
                return
            if fault == "cut_during":
                headers = MutableHeaders(scope=message)
                # One more than there is, so that it also works for an empty body. A 204 has no length.
                if "content-length" in headers:
                    headers["content-length"] = str(int(headers["content-length"]) + 1)
            elif self._holds_body:
                # Nobody knows whether the client still sends it.
                MutableHeaders(scope=message)["connection"] = "close"
        elif fault == "cut_during":
            body: bytes = message.get("body", b"")
            message = {**message, "body": body[: len(body) // 2], "more_body": True}
            self.aborted = True
        await self._send(message)
