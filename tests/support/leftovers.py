"""What tests must not leave behind: descriptors, threads, processes."""

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


def is_alive(pid: int) -> bool:
    """Whether a process runs. One that is dead but not yet waited for counts as dead, where the system tells."""
    status = Path(f"/proc/{pid}/stat")
    try:
        os.kill(pid, 0)
        return not status.exists() or status.read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def _count() -> tuple[int, int]:
    descriptors = len(os.listdir(_DESCRIPTORS)) if _DESCRIPTORS.exists() else 0  # noqa: PTH208
    return descriptors, threading.active_count()
