# The sync twin of this module is written by hand: tasks and cancellation on this side, threads and forks on the other.
"""Waiting, working and fetching ahead in an event loop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from time import monotonic
from typing import Any, Generic, TypeVar

from ..protocols import Stop

__all__ = ["AsyncReadAhead", "AsyncSingleFlight", "monotonic", "pause", "run_blocking"]

T = TypeVar("T")


async def pause(seconds: float, stop: Stop | None = None) -> None:
    """Let some seconds pass, fewer if ``stop`` is set in the meantime."""
    if isinstance(stop, asyncio.Event):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), seconds)
    else:
        # An event of another kind cannot be awaited; the caller looks at it after the pause.
        await asyncio.sleep(seconds)


async def run_blocking(function: Callable[[], T]) -> T:
    """Call a slow function without blocking the event loop."""
    return await asyncio.to_thread(function)


class AsyncReadAhead(Generic[T]):
    """Runs one call while its caller works on the result of the one before."""

    def __init__(self) -> None:
        self._task: asyncio.Task[T] | None = None

    def start(self, function: Callable[[], Awaitable[T]]) -> None:
        """Start a call."""

        async def run() -> T:
            return await function()

        self._task = asyncio.create_task(run())

    async def result(self) -> T:
        """The result of the call that was started."""
        task, self._task = self._task, None
        assert task is not None
        return await task

    async def __aenter__(self) -> AsyncReadAhead[T]:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)


_flight_around: ContextVar[asyncio.Future[BaseException | None] | None] = ContextVar("_flight_around", default=None)


class AsyncSingleFlight:
    """Lets one task at a time run a function; callers in the meantime share its result or error."""

    def __init__(self) -> None:
        self._flight: asyncio.Future[BaseException | None] | None = None

    async def run(self, function: Callable[[], Awaitable[Any]]) -> None:
        """Run the function, or wait for whoever is running it.

        Calls from within the function, such as those of an observer, do not wait for it.

        Raises:
            Exception: What the function raised, here or in the task that ran it.
        """
        around = _flight_around.get()
        while (flight := self._flight) is not None and flight is not around:
            error = await asyncio.shield(flight)
            if isinstance(error, Exception):
                raise error
            if error is None:
                return
            # The task that ran it was cancelled: one of those who waited takes over.
        outer, self._flight = self._flight, asyncio.get_running_loop().create_future()
        flight = self._flight
        _flight_around.set(flight)
        outcome: BaseException | None = None
        try:
            await function()
        except BaseException as error:
            outcome = error
            raise
        finally:
            _flight_around.set(around)
            if self._flight is flight:
                self._flight = None if outer is None or outer.done() else outer
            flight.set_result(outcome)
