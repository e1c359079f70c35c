"""Repairs objects in a forked child, where the threads that held their locks do not exist."""

from __future__ import annotations

import os
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


def _reset_all() -> None:
    for instance in list(_objects):
        instance.reset_after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_reset_all)
