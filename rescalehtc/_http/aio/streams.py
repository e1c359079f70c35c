"""Responses that are not read as a whole, but decoded line by line as they arrive, or written to a file."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import ExitStack, aclosing
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import attrs

from rescalehtc_generated.client import Call, decode_nothing

from ..._utils.aio.scheduling import run_blocking
from ..._utils.files import replacing
from ...exceptions import HtcException
from ..bodies import Body, LineSplitter, UnreadableBody
from ..closing import closed_during
from ..errors import broken_error, decode_error
from ..messages import Failure, FailureKind, Request, Response, StreamBroken
from ..settings import Settings
from .exchange import AsyncExchange
from .runtime import AsyncRuntime

T = TypeVar("T")

_CHUNK = 1 << 20


class AsyncStreams:
    """Makes the calls of one session whose responses are read part by part."""

    def __init__(self, exchange: AsyncExchange, runtime: AsyncRuntime, settings: Settings) -> None:
        self._exchange, self._runtime = exchange, runtime
        self._max_bytes = settings.max_response_bytes

    async def lines(self, call: Call[T]) -> AsyncIterator[T]:
        """Send a call, and return the values of its lines."""
        opened: list[AsyncGenerator[Response | bytes]] = []

        async def begin(request: Request) -> Response | Failure:
            outcome, parts = await self._begin(request)
            opened[:] = [parts] if parts is not None else []
            return outcome

        await self._exchange.through(begin).send(_unread(call))
        return self._lines(call, opened.pop() if opened else None)

    async def save(self, call: Call[Any], path: Path) -> Path | None:
        """Send a call, and write the body of its response to a file; None if it has none, as the route may promise."""
        # How the route decodes an empty body shows whether it promises that there may be none.
        may_be_empty = call.route.decode(b"") is None
        try:
            with ExitStack() as stack:
                file = await run_blocking(lambda: stack.enter_context(replacing(path)))

                async def receive(request: Request) -> Response | Failure:
                    outcome, parts = await self._begin(request)
                    if parts is not None:
                        try:
                            await _write(parts, file)
                        except StreamBroken as broken:
                            return self._failure(broken)
                        if may_be_empty and isinstance(outcome, Response) and outcome.status == 204:
                            raise _NoContent
                    return outcome

                await self._exchange.through(receive).send(_unread(call))
                await run_blocking(lambda: stack.pop_all().close())
        except _NoContent:
            return None
        return path

    async def _begin(self, request: Request) -> tuple[Response | Failure, AsyncGenerator[Response | bytes] | None]:
        """Send a request. Returns its outcome, and the rest of the response if that is a success."""
        parts = self._runtime.stream(request)
        try:
            head = await anext(parts)
            assert isinstance(head, Response)
            if 200 <= head.status < 300:
                if head.headers.get("content-encoding", "identity").lower() != "identity":
                    raise UnreadableBody("the body has a content encoding that was not requested")
                return head, parts
            body = Body(self._max_bytes)
            async for part in parts:
                assert isinstance(part, bytes)
                body.add(part)
            return head._replace(content=body.content(head.headers)), None
        except StreamBroken as broken:
            return self._failure(broken), None
        except UnreadableBody as error:
            await parts.aclose()
            return Failure(FailureKind.UNREADABLE, timeout=False, detail=str(error), cause=error), None

    async def _lines(self, call: Call[T], parts: AsyncGenerator[Response | bytes] | None) -> AsyncIterator[T]:
        splitter, number = LineSplitter(self._max_bytes), 0
        if parts is None:  # an earlier DELETE was carried out, but its response was lost
            return
        async with aclosing(parts):
            try:
                async for part in parts:
                    assert isinstance(part, bytes)
                    for line in splitter.add(part):
                        number += 1
                        if line.strip():
                            yield self._decode(call, line, f"line {number}: ")
            except StreamBroken as broken:
                raise self._broken(call, broken, number) from None
            except UnreadableBody as error:
                raise decode_error(self._exchange.requests.context(call, None), 200, str(error)) from None
        if splitter.rest.strip():
            yield self._decode(call, splitter.rest, f"line {number + 1}, the last one, may be cut off: ")

    def _decode(self, call: Call[T], line: bytes, part: str) -> T:
        return self._exchange.requests.decode(call, Response(200, {}, line), self._exchange.tokens.token, part)

    def _failure(self, broken: StreamBroken) -> Failure:
        if self._runtime.closed:
            raise closed_during("AsyncHtcSession", broken.failure) from None
        return broken.failure

    def _broken(self, call: Call[Any], broken: StreamBroken, lines: int) -> HtcException:
        context = self._exchange.requests.context(call, self._exchange.tokens.token)
        return broken_error(context, self._failure(broken), f"after {lines} lines")


class _NoContent(Exception):
    """The response has no body, so the file stays as it was."""


async def _write(parts: AsyncGenerator[Response | bytes], file: BinaryIO) -> None:
    """Write the parts to a file, from its start: an earlier attempt may have left something in it."""
    file.seek(0)
    file.truncate()
    waiting, size = list[bytes](), 0
    async with aclosing(parts):
        async for part in parts:
            assert isinstance(part, bytes)
            waiting.append(part)
            size += len(part)
            if size >= _CHUNK:
                content, waiting, size = b"".join(waiting), [], 0
                await run_blocking(lambda content=content: file.write(content))
    file.write(b"".join(waiting))


def _unread(call: Call[Any]) -> Call[None]:
    """The same call, for a response that is not compressed and that the caller reads."""
    route = attrs.evolve(call.route, decode=decode_nothing)
    return attrs.evolve(call, route=route, headers={**call.headers, "Accept-Encoding": "identity"})
