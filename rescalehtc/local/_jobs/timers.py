"""Actions that are scheduled in the event loop of a server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Timers:
    """Actions by name: each is scheduled at most once, however often it is requested."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._handles: dict[str, asyncio.Handle] = {}

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def stop(self) -> None:
        """Cancel all actions, and accept none until the next start."""
        self._loop = None
        for handle in self._handles.values():
            handle.cancel()
        self._handles.clear()

    @property
    def running(self) -> bool:
        return self._loop is not None

    def __contains__(self, name: str) -> bool:
        return name in self._handles

    def later(self, name: str, seconds: float, action: Callable[[], None], *, sooner: bool = False) -> None:
        """Call ``action`` after real ``seconds``; with ``sooner`` in place of what waits under ``name``."""
        if self._loop is None:
            return
        if sooner and name in self._handles:
            self._handles.pop(name).cancel()
        if name not in self._handles:

            def run() -> None:
                self._handles.pop(name, None)
                action()

            call = self._loop.call_later
            self._handles[name] = call(seconds, run) if seconds > 0 else self._loop.call_soon(run)
