"""What stress tests must not leave behind."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from operator import le
from pathlib import Path

_DESCRIPTORS = Path("/proc/self/fd")


@contextmanager
def nothing_left() -> Iterator[None]:
    """Make sure that the block leaves no descriptor and no thread. The other end of a connection has some time."""
    before = _count()
    yield
    gc.collect()
    until = time.monotonic() + 10
    # Fewer than before: an earlier test left something that has ended meanwhile.
    while not all(map(le, after := _count(), before)) and time.monotonic() < until:
        time.sleep(0.001)
    assert all(map(le, after, before)), (after, before)


def _count() -> tuple[int, int]:
    descriptors = len(os.listdir(_DESCRIPTORS)) if _DESCRIPTORS.exists() else 0  # noqa: PTH208
    return descriptors, threading.active_count()
