"""Forks: objects are repaired in the child, in which the threads that held their locks do not exist.

Locks of the import system and of OpenSSL cannot be repaired: a fork waits while a session opens its connections.
"""

from __future__ import annotations

import contextlib
import os
import threading
import weakref
from typing import Protocol


class Resettable(Protocol):
    """An object that a fork leaves in an unusable state."""

    def reset_after_fork(self) -> None:
        """Make it usable in the child."""
        ...


_objects: weakref.WeakSet[Resettable] = weakref.WeakSet()


def register(instance: Resettable) -> None:
    """Reset an object in every child that this process forks."""
    _objects.add(instance)


_opening = threading.RLock()
_LONGEST_WAIT = 30.0


def delayed() -> contextlib.AbstractContextManager[object]:
    """Delay forks of other threads until the end of the ``with`` block.

    For work that takes locks which cannot be repaired: a child forked meanwhile would wait for them forever.
    """
    return _opening


def _wait_for_others() -> None:
    # The limit is for a module that forks while it is imported, which the other thread may be waiting for.
    _opening.acquire(timeout=_LONGEST_WAIT)


def _let_others_continue() -> None:
    with contextlib.suppress(RuntimeError):  # the wait had reached its limit
        _opening.release()


def _reset_all() -> None:
    global _opening
    _opening = threading.RLock()
    for instance in list(_objects):
        instance.reset_after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_wait_for_others, after_in_parent=_let_others_continue, after_in_child=_reset_all)
