"""Waiting, working and fetching ahead with threads."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from time import monotonic, sleep
from typing import Any, Generic, TypeVar

from . import fork
from .protocols import Stop

__all__ = ["ReadAhead", "SingleFlight", "monotonic", "pause", "run_blocking"]

T = TypeVar("T")

_FLIGHT_TIMEOUT = 300.0


def pause(seconds: float, stop: Stop | None = None) -> None:
    """Let some seconds pass, fewer if ``stop`` is set in the meantime."""
    wait = getattr(stop, "wait", None)
    if wait is None or type(stop).__module__.startswith("asyncio"):
        sleep(seconds)
    else:
        wait(seconds)


def run_blocking(function: Callable[[], T]) -> T:
    """Call a function that takes its time."""
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
        # A daemon, so that a listing that was left early does not hold up the exit of the interpreter.
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
        """Leave the page that nobody wants any more to its thread."""


class SingleFlight:
    """Lets one thread at a time run a function; all who ask in the meantime share its result or its error."""

    def __init__(self) -> None:
        self.reset_after_fork()
        fork.register(self)

    def reset_after_fork(self) -> None:
        """Forget a run whose thread does not exist in this process."""
        self._lock = threading.Lock()
        self._flight: Future[BaseException | None] | None = None

    def run(self, function: Callable[[], Any]) -> None:
        """Run the function, or wait for whoever is running it.

        Raises:
            Exception: What the function raised, here or in the thread that ran it.
        """
        while True:
            with self._lock:
                flight = self._flight
                if flight is None:
                    own: Future[BaseException | None] = Future()
                    self._flight = own
                    break
            try:
                error = flight.result(_FLIGHT_TIMEOUT)
            except TimeoutError:
                with self._lock:
                    if self._flight is flight:
                        self._flight = None
                continue
            if isinstance(error, Exception):
                raise error
            if error is None:
                return
            # The thread that ran it was interrupted: one of those who waited takes over.
        outcome: BaseException | None = None
        try:
            function()
        except BaseException as error:
            outcome = error
            raise
        finally:
            self._flight = None
            own.set_result(outcome)
