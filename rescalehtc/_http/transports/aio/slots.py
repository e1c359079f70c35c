# This module has no sync twin: threads wait for a connection in another way.
"""Limits the connections of an event loop."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import AsyncGenerator

from ...messages import Failure, Request, Response, StreamBroken, Timeouts
from ...settings import Settings
from ..failures import failure_of, unsent
from ..libraries import httpx
from ..pools_of_one import limits


class Slots:
    """Limits the connections of an async transport; calls that wait for one get it in their order.

    A semaphore would do the same, and make a coroutine for each call.
    """

    def __init__(self, settings: Settings) -> None:
        self._free, self._max_bytes = settings.max_connections, settings.max_response_bytes
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._last_release = 0.0
        self._closed = False

    async def send(self, request: Request) -> Response | Failure:
        """Send a request and read the whole response."""
        if self._free:
            self._free -= 1
        else:
            try:
                await self._wait_for_slot(request.timeouts)
            except Exception as error:
                return unsent(error)
        try:
            return await self._send(request)
        finally:
            self._release_slot()

    async def stream(self, request: Request) -> AsyncGenerator[Response | bytes]:
        """The head of the response, then its body as it arrives, through a connection that is not used again.

        Raises:
            StreamBroken: No response arrives, or it is interrupted.
        """
        try:
            await self._wait_for_slot(request.timeouts)
        except Exception as error:
            raise StreamBroken(unsent(error)) from None
        try:
            async with contextlib.aclosing(self._stream(request)) as parts:
                async for part in parts:
                    yield part
        except StreamBroken:
            raise
        except Exception as error:
            error = httpx.WriteTimeout("") if type(error) is TimeoutError else error
            raise StreamBroken(failure_of(error)) from None
        finally:
            self._release_slot()

    async def _send(self, request: Request) -> Response | Failure:
        raise NotImplementedError

    def _stream(self, request: Request) -> AsyncGenerator[Response | bytes]:
        raise NotImplementedError

    async def _wait_for_slot(self, timeouts: Timeouts) -> None:
        if self._free:
            self._free -= 1
            return
        limit, started = limits(timeouts)["pool"], time.monotonic()
        slot = asyncio.get_running_loop().create_future()
        self._waiting.append(slot)
        try:
            while not slot.done():
                left = max(started, self._last_release) + limit - time.monotonic()
                if left <= 0:
                    raise httpx.PoolTimeout("")
                await asyncio.wait([slot], timeout=left)
        except BaseException:
            if not slot.cancel():
                self._release_slot()  # it was handed over in the same moment
            raise

    def _release_slot(self) -> None:
        self._last_release = time.monotonic()
        while self._waiting:
            slot = self._waiting.popleft()
            if not slot.done():
                slot.set_result(None)
                return
        self._free += 1
