"""Waiting, working and fetching ahead with threads."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from time import monotonic, sleep
from typing import Any, Generic, TypeVar

from . import fork
from .protocols import Stop

__all__ = ["ReadAhead", "SingleFlight", "monotonic", "pause", "run_blocking"]

T = TypeVar("T")

_FLIGHT_TIMEOUT = 300.0


def pause(seconds: float, stop: Stop | None = None) -> None:
    """Let some seconds pass, fewer if ``stop`` is set in the meantime."""
    wait_for = getattr(stop, "wait", None)
    if wait_for is None or type(stop).__module__.startswith("asyncio"):
        sleep(seconds)
    else:
        wait_for(seconds)


def run_blocking(function: Callable[[], T]) -> T:
    """Call a slow function."""
    return function()


class ReadAhead(Generic[T]):
    """Runs one call in a thread while its caller works on the result of the one before."""

    def __init__(self) -> None:
        self._function: Callable[[], T] | None = None
        self._future: Future[T] = Future()
        self._process = 0

    def start(self, function: Callable[[], T]) -> None:
        """Start a call."""
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(function())
            except BaseException as error:
                future.set_exception(error)

        self._function, self._future, self._process = function, future, os.getpid()
        # A daemon, so that an abandoned listing does not delay the interpreter's exit.
        threading.Thread(target=run, name="rescalehtc-read-ahead", daemon=True).start()

    def result(self) -> T:
        """The result of the call that was started."""
        if self._process != os.getpid() and self._function is not None:
            # The thread was left behind by a fork.
            return self._function()
        future, self._future = self._future, Future()
        return future.result()

    def __enter__(self) -> ReadAhead[T]:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the call to its thread: nobody needs its result any more."""


class _Flight(Future[BaseException | None]):
    """A run under way, and the thread that makes it."""

    def __init__(self) -> None:
        super().__init__()
        self.leader = threading.get_ident()


class SingleFlight:
    """Lets one thread at a time run a function; callers in the meantime share its result or error."""

    def __init__(self) -> None:
        self.reset_after_fork()
        fork.register(self)

    def reset_after_fork(self) -> None:
        """Forget a run whose thread does not exist in this process."""
        self._lock = threading.RLock()  # a signal handler may make calls inside of it
        self._flight: _Flight | None = None

    def run(self, function: Callable[[], Any]) -> None:
        """Run the function, or wait for whoever is running it.

        Raises:
            Exception: What the function raised, here or in the thread that ran it.
        """
        leads = False
        try:
            while not leads:
                with self._lock:
                    flight = self._flight
                    # An interrupt may have left a run of this thread, which would then wait for itself.
                    if flight is None or flight.leader == threading.get_ident():
                        self._flight, leads, flight = _Flight(), True, None
                if flight is not None and self._follow(flight):
                    return
            function()
            self._finish(None)
        except BaseException as error:
            if leads:
                self._finish(error)
            raise

    def _follow(self, flight: _Flight) -> bool:
        """Wait for the run of another thread. False if that thread was interrupted, and this one may take over."""
        until = monotonic() + _FLIGHT_TIMEOUT
        while not flight.done():
            wait([flight], 1.0)
            with self._lock:
                if self._flight is flight and monotonic() > until:
                    self._flight = None
                if self._flight is not flight and not flight.done():
                    return False
        error = flight.result()
        if isinstance(error, Exception):
            raise error
        return error is None

    def _finish(self, outcome: BaseException | None) -> None:
        # No frame of the outcome's traceback holds it: a cycle would keep all that those frames hold.
        flight, self._flight = self._flight, None
        if flight is not None:
            flight.set_result(outcome)
