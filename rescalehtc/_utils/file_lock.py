"""A lock between processes: an exclusively locked file, released by the operating system if its holder dies."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
else:
    try:
        import fcntl
    except ImportError:  # for example in a browser
        fcntl = None

    def _lock(descriptor: int) -> None:
        if fcntl is None:
            raise OSError(errno.ENOTSUP, "this system has no locks for files")
        # Not lockf: its locks belong to the process, so two sessions of one process would not exclude each other.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        # Closing is not enough: a child process that was just forked holds the file until it executes its program.
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_UN)


class FileLock:
    """Held from a successful :func:`try_lock` to :meth:`release`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Release the lock; you may call this twice."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            try:
                _unlock(descriptor)
            finally:
                os.close(descriptor)


def try_lock(path: Path) -> FileLock | None:
    """The lock if it is free; None if another holder has it. Never waits.

    Raises:
        OSError: No lock can be made here, for instance because the folder is read-only.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        _lock(descriptor)
    except (BlockingIOError, PermissionError):
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return FileLock(descriptor)
