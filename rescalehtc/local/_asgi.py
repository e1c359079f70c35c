"""The bare protocol between uvicorn and the application: bodies in, answers out, connections cut."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from rescalehtc.local._http import Answer, Refusal

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class ClientGone(Exception):
    """The client has closed the connection before its request was complete."""


async def read_body(receive: Receive, headers: dict[str, str], limit: int) -> bytes:
    """The whole body.

    Raises:
        Refusal: 413 where it is longer than `limit` bytes.
        ClientGone: where it never comes to its end.
    """
    if "content-length" not in headers and "transfer-encoding" not in headers:
        return b""
    announced = headers.get("content-length", "0")
    too_long = Refusal(413, "BODY_TOO_LARGE", f"A body may have up to {limit} bytes.", {"Connection": "close"})
    if announced.isdigit() and int(announced) > limit:
        raise too_long
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        part: bytes = message.get("body", b"")
        parts.append(part)
        size += len(part)
        if size > limit:
            raise too_long
        if not message.get("more_body", False):
            return b"".join(parts)


def start_message(answer: Answer, length: int) -> Message:
    headers = [(b"content-length", str(length).encode())] if answer.status != 204 else []
    if answer.content_type is not None:
        headers.append((b"content-type", answer.content_type.encode()))
    headers += [(name.lower().encode(), value.encode("latin-1")) for name, value in answer.headers.items()]
    return {"type": "http.response.start", "status": answer.status, "headers": headers}


async def send_answer(answer: Answer, send: Send, *, head: bool = False) -> None:
    await send(start_message(answer, len(answer.body)))
    await send({"type": "http.response.body", "body": b"" if head else answer.body})


async def cut(scope: Scope, receive: Receive) -> None:
    """Close the connection under the answer, and wait until the protocol knows it, so that it sends nothing more."""
    transport: asyncio.Transport = scope["state"]["transport"]
    transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass
