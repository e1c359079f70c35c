"""Resetting a server, saving its state under a name, and going back to it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import stat
from pathlib import Path

from .._handlers.projects import refresh_registries
from .._server_state import ServerState

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,63}")
#: What survives a reset: the keys and the identity of the server.
_KEPT_TABLES = ("meta", "sqlite_sequence")


def reset(state: ServerState) -> None:
    """Forget everything but the keys: projects, jobs, files, faults, the request log, and moves of the clock."""
    state.scheduler.halt()
    tables = state.store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    for (table,) in tables:
        if table not in _KEPT_TABLES:
            state.store.write(f"DELETE FROM {table}")
    state.store.write("DELETE FROM meta WHERE name = 'clock_offset'")
    state.store.commit()
    state.files.clear_storage()
    state.clock.restore(0)
    _restart(state)


def take(state: ServerState, name: str) -> None:
    """Save the present state under ``name``, files included.

    Raises:
        ValueError: if the name is not acceptable.
    """
    folder = _folder(state, name)
    state.scheduler.flush()
    state.store.commit()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    with contextlib.closing(sqlite3.connect(folder / "state.sqlite3")) as copy:
        state.store.db.backup(copy)
    shutil.copytree(state.files.storage, folder / "storage", symlinks=True, ignore=_special_files)


def restore(state: ServerState, name: str) -> None:
    """Go back to the state ``name``. Jobs that ran at that time are lost, as after a restart; waiting ones continue.

    Raises:
        ValueError: if there is no such state.
    """
    folder = _folder(state, name)
    if not (folder / "state.sqlite3").exists():
        raise ValueError(f"there is no snapshot {name!r}")
    state.scheduler.halt()
    state.store.commit()
    with contextlib.closing(sqlite3.connect(folder / "state.sqlite3")) as copy:
        copy.backup(state.store.db)
    state.files.clear_storage()
    shutil.copytree(folder / "storage", state.files.storage, symlinks=True, dirs_exist_ok=True)
    state.clock.restore(float(state.store.meta("clock_offset") or 0))
    _restart(state)


def _restart(state: ServerState) -> None:
    state.faults.clear()
    state.requests.clear()
    state.batches.forget()
    state.forget_times()
    refresh_registries(state)
    state.store.commit()
    state.scheduler.resume()


def _folder(state: ServerState, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError(f"a snapshot's name may have up to 64 letters, digits, dots and dashes: {name[:100]!r}")
    return state.files.root / "snapshots" / name


def _special_files(folder: str, names: list[str]) -> list[str]:
    """Pipes, devices and sockets."""
    found: list[str] = []
    for name in names:
        try:
            mode = os.lstat(os.path.join(folder, name)).st_mode  # noqa: PTH118
        except OSError:
            found.append(name)
            continue
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode)):
            found.append(name)
    return found
