"""The clocks and the random numbers of a session."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Timing:
    """Clocks and jitter of a session.

    Attributes:
        clock: Seconds since the epoch.
        monotonic: Seconds that never go back.
        jitter: Random number between 0 and 1, so that clients that failed together do not return together.
    """

    clock: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic
    jitter: Callable[[], float] = random.random
