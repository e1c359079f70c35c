"""The server's clock: real time, which a test can move forward."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache

#: Longest move of the clock, in seconds.
_FARTHEST = 100 * 366 * 86400.0


class Clock:
    """Seconds since 1970, in UTC. Every wait, expiry and retention period of the server is measured with it.

    Args:
        speed: every wait that the service would cause (image replication, state changes of jobs, the
            time limit of a job) is divided by this. Expiry of tokens and retention periods are not.
    """

    def __init__(self, speed: float = 1.0) -> None:
        if not speed > 0:
            raise ValueError(f"speed must be greater than 0, not {speed}")
        self.speed = speed
        self._offset = 0.0
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], None]] = []

    def now(self) -> float:
        """The server's time, in seconds since 1970."""
        return time.time() + self._offset

    def millis(self) -> int:
        """The server's time, in milliseconds since 1970."""
        return int(self.now() * 1000)

    def scaled(self, seconds: float) -> float:
        """How long a wait of the service takes on this server."""
        return seconds / self.speed

    @property
    def offset(self) -> float:
        """Seconds by which the clock is ahead of real time."""
        return self._offset

    def restore(self, offset: float) -> None:
        """Continue with the offset of an earlier run, so that time never goes back."""
        self._offset = max(0.0, offset)

    def advance(self, seconds: float) -> float:
        """Move the clock forward and let everything that is due by then happen.

        Returns:
            the new time in seconds since 1970.
        """
        if not 0 <= seconds <= _FARTHEST:
            raise ValueError(f"the clock only moves forward, and by at most a century: {seconds} s")
        with self._lock:
            self._offset += seconds
        for listener in list(self._listeners):
            listener()
        return self.now()

    def on_advance(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after each move of the clock, in the thread that moved it."""
        self._listeners.append(listener)


def iso(millis: int) -> str:
    """A time in milliseconds since 1970 as RFC 3339 in UTC with milliseconds."""
    return f"{_iso_second(millis // 1000)}.{millis % 1000:03d}Z"


@lru_cache(maxsize=4096)
def _iso_second(second: int) -> str:
    # The jobs of a page share most of their seconds.
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def iso_or_none(millis: int | None) -> str | None:
    return None if millis is None else iso(millis)
