"""From ASGI's messages to bodies and back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from .messages import ApiError, Response

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


#: For an error in response to `Expect: 100-continue`: nobody knows whether the client still sends its body.
CLOSE = (b"connection", b"close")


class ClientDisconnected(Exception):
    """The client closed the connection before its request was complete."""


async def read_body(receive: Receive, headers: dict[bytes, bytes], limit: int) -> bytes:
    """The whole body.

    Raises:
        ApiError: 413 if it is longer than ``limit`` bytes; if its length is announced, before any of it is read.
        ClientDisconnected: if the body does not arrive completely.
    """
    announced = headers.get(b"content-length")
    if announced is None and b"transfer-encoding" not in headers:
        return b""
    too_long = ApiError(413, "BODY_TOO_LARGE", f"A body may have up to {limit} bytes.", {"Connection": "close"})
    if announced is not None and announced.isdigit() and int(announced) > limit:
        raise too_long
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnected
        part: bytes = message.get("body", b"")
        parts.append(part)
        size += len(part)
        if size > limit:
            raise too_long
        if not message.get("more_body", False):
            return b"".join(parts)


def start_message(response: Response, length: int) -> Message:
    headers: list[tuple[bytes, bytes]] = []
    if response.status != 204:
        headers.append((b"content-length", b"%d" % length))
    if response.content_type is not None:
        headers.append((b"content-type", response.content_type.encode()))
    if response.headers:
        headers += [(name.lower().encode(), value.encode("latin-1")) for name, value in response.headers.items()]
    return {"type": "http.response.start", "status": response.status, "headers": headers}


async def send_response(response: Response, send: Send, *, head: bool = False) -> None:
    await send(start_message(response, len(response.body)))
    await send({"type": "http.response.body", "body": b"" if head else response.body})
