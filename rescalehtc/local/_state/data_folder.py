"""The folder of one server: made, marked as its own, locked while it is used, and cleared after a kill."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

_PREFIX = "rescalehtc-local-"
#: Marks a folder as made by a local server, holds its lock, and shows whether the last run ended properly.
_MARKER = "rescalehtc-local.json"


class DataFolderError(Exception):
    """The folder cannot be used. The message says why and what to do."""


class DataFolder:
    """The root of everything that one server keeps.

    Args:
        path: the folder, kept from run to run; None for a temporary one, which is removed at the end.

    Raises:
        DataFolderError: if the folder holds anything that no local server made, or if another server uses it.
    """

    def __init__(self, path: Path | None) -> None:
        self.temporary = path is None
        if path is None:
            self.root = Path(tempfile.mkdtemp(prefix=_PREFIX)).resolve()
        else:
            if path.exists() and not path.is_dir():
                raise DataFolderError(f"{path} is not a folder")
            # Only this user may read keys and what jobs write. A folder that exists keeps its mode.
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.root = path.resolve()
        self._marker = self.root / _MARKER
        #: Whether no server has used it before.
        self.new = not self._marker.exists()
        # A link in a folder of ours leads to what is not: the server clears some of its own folders.
        others = sorted(entry.name for entry in self.root.iterdir() if self.new or entry.is_symlink())
        if others:
            raise DataFolderError(
                f"{self.root} holds {_listed(others)}, which the local server did not make; "
                "name a folder that is new, empty, or was made by the local server"
            )
        if self.new:
            # It gets its own name once it is locked: until then it looks like that of a killed server.
            unlocked = self._marker.with_name(f"{_MARKER}.{os.getpid()}")
            lock = _lock(unlocked)
            unlocked.rename(self._marker)
        else:
            lock = _lock(self._marker)
        if lock is None:
            raise DataFolderError(f"{self.root} cannot be opened: another server is using it")
        self._lock = lock
        #: Whether the last run was killed or crashed.
        self.unclean = bool(_read(self._marker).get("running"))

    @property
    def database(self) -> Path | None:
        return None if self.temporary else self.root / "state.sqlite3"

    def mark_running(self, running: bool) -> None:
        self._marker.write_text(json.dumps({"madeBy": "rescalehtc.local", "running": running}), "utf-8")

    def release(self) -> None:
        """Release the folder; remove it if it is temporary."""
        if self.temporary:
            shutil.rmtree(self.root, ignore_errors=True)
        os.close(self._lock)


def clear_killed_servers(kill_jobs: Callable[[Path], object]) -> None:
    """Remove the temporary folders, and with ``kill_jobs`` the jobs, of this user's servers that were killed."""
    for root in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if root.is_symlink() or root.stat().st_uid != os.getuid() or not (root / _MARKER).exists():
                continue
            lock = _lock(root / _MARKER)
            if lock is not None:
                kill_jobs(root.resolve())
                shutil.rmtree(root, ignore_errors=True)
                os.close(lock)


def _lock(marker: Path) -> int | None:
    """Lock the marker file, made if needed; None if another process holds the lock."""
    import fcntl  # Not on Windows, where the server refuses to start earlier.

    descriptor = os.open(marker, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _read(marker: Path) -> dict[str, object]:
    try:
        return dict(json.loads(marker.read_text("utf-8") or "{}"))
    except (ValueError, TypeError):
        return {}


def _listed(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
