"""Writes files atomically: nobody ever sees half of one."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_LONGEST_STEM = 100


@contextmanager
def replacing(path: str | os.PathLike[str], mode: int | None = None) -> Generator[BinaryIO]:
    """A file to write to and read from, which replaces ``path`` if all goes well, and is removed otherwise.

    Args:
        path: File to replace. If it is a symlink, the file that it leads to is replaced.
        mode: Permissions of the new file; they hold from the start, so that a secret is never open to others. None
            for those of the replaced file, or for a new one those of the user's umask.
    """
    target = Path(path).resolve()
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # Not the whole name: with the suffix it may be longer than a name can be.
    stem = os.fsdecode(os.fsencode(target.name)[:_LONGEST_STEM])
    temporary = target.with_name(f".{stem}.{secrets.token_hex(8)}")
    replaced = _mode_of(target) if mode is None else mode
    try:
        with os.fdopen(os.open(temporary, flags, 0o666 if replaced is None else replaced), "w+b") as file:
            if replaced is not None:
                temporary.chmod(replaced)
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        # Closing a file on a full disk fails as well, so this comes after it.
        temporary.unlink(missing_ok=True)
        raise


def _mode_of(path: Path) -> int | None:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None
