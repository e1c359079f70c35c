"""State: one SQLite database, in memory or in a file, used by the server's one thread.

Every request is one transaction, committed before the response; what the scheduler changes in between is written
with the next request or a moment later. So no response ever shows what a ``kill -9`` could undo. In a file, the
journal is a write-ahead log, which survives the death of the process at any moment. It is synced to the disk when the
server stops, not before: a sync on a busy disk takes half a second, in which no request would be answered. So if the
machine dies before the server has stopped, or soon after it was killed, the database may be damaged.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from .._wire.types import Json

#: Version of the tables below, kept in the database itself.
SCHEMA_VERSION = 1

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE project (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE task (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, project TEXT NOT NULL, body TEXT NOT NULL,
  lifecycle TEXT NOT NULL, created INTEGER NOT NULL, active INTEGER NOT NULL, archived INTEGER, deleted INTEGER);
CREATE INDEX task_of_project ON task (project, seq);
CREATE TABLE image (project TEXT, name TEXT, ready INTEGER NOT NULL, PRIMARY KEY (project, name)) WITHOUT ROWID;
CREATE TABLE project_limit (
  project TEXT, id INTEGER, role TEXT NOT NULL, vcpus INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (project, id), UNIQUE (project, role)) WITHOUT ROWID;
CREATE TABLE policy (owner TEXT PRIMARY KEY, archive_after INTEGER, delete_after INTEGER, created INTEGER)
  WITHOUT ROWID;
CREATE TABLE dimensions (project TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE batch (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, task INTEGER NOT NULL, project TEXT NOT NULL,
  size INTEGER NOT NULL, created INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE job (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, batch INTEGER NOT NULL, idx INTEGER NOT NULL, task INTEGER NOT NULL,
  project TEXT NOT NULL, grp INTEGER NOT NULL, status INTEGER NOT NULL, updated INTEGER NOT NULL, started INTEGER,
  completed INTEGER, exit_code INTEGER, failure TEXT, reason TEXT, attempt INTEGER NOT NULL DEFAULT 0,
  lines INTEGER NOT NULL DEFAULT 0, events TEXT NOT NULL DEFAULT '');
CREATE TABLE unpublished (
  seq INTEGER PRIMARY KEY, status INTEGER NOT NULL, updated INTEGER NOT NULL, started INTEGER, completed INTEGER,
  exit_code INTEGER, failure TEXT, reason TEXT, attempt INTEGER NOT NULL, lines INTEGER NOT NULL, events TEXT NOT NULL);
CREATE UNIQUE INDEX job_of_batch ON job (batch, idx);
CREATE INDEX job_of_task ON job (task, seq);
CREATE INDEX job_of_group ON job (task, grp);
CREATE INDEX job_by_status ON job (task, status);
CREATE INDEX job_unfinished ON job (project, status) WHERE status < 5;
CREATE TABLE job_group (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, task INTEGER NOT NULL, name TEXT NOT NULL, UNIQUE (task, name));
CREATE TABLE tally (
  task INTEGER, grp INTEGER, status INTEGER, count INTEGER NOT NULL, PRIMARY KEY (task, grp, status)) WITHOUT ROWID;
CREATE TABLE log (
  job INTEGER, first INTEGER, count INTEGER NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (job, first)) WITHOUT ROWID;
"""

#: Steps from one version to the next: the SQL at index n migrates version n + 1 to n + 2.
_MIGRATIONS: list[str] = []


class StoreError(Exception):
    """The database cannot be used. The message says why and what to do."""


class Store:
    """The database.

    Args:
        path: the file, or None for memory.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._after_commit: list[Callable[[], None]] = []
        self._after_rollback: list[Callable[[], None]] = []
        self._once_committed: list[Callable[[], None]] = []
        target = ":memory:" if path is None else str(path)
        try:
            self.db = sqlite3.connect(target, timeout=0, check_same_thread=False, cached_statements=256)
        except sqlite3.Error as error:
            raise StoreError(f"{path} cannot be opened: {error}") from None
        try:
            self._prepare()
        except BaseException as error:
            self.db.close()
            raise self.explained(error) from None

    def explained(self, error: BaseException) -> BaseException:
        """What to raise for an error of the database."""
        if isinstance(error, sqlite3.OperationalError):
            hint = "another server is using it" if "locked" in str(error) else str(error)
            return StoreError(f"{self.path} cannot be opened: {hint}")
        if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            return StoreError(f"{self.path} is not a database of the local server")
        # What SQLite says of a damaged schema quotes it, and may not even be text.
        return self.damaged() if isinstance(error, sqlite3.DatabaseError | UnicodeDecodeError) else error

    def damaged(self) -> StoreError:
        """What to raise if the stored values cannot be used. The message does not show them: they are keys."""
        return StoreError(f"{self.path} is damaged; restore it from a copy, or remove its folder to begin again")

    def _prepare(self) -> None:
        if self.path is not None:
            # One process owns the file: that keeps a second server out and avoids the shared-memory index.
            self.db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self.db.execute("PRAGMA journal_mode = WAL")
            self.db.execute("PRAGMA synchronous = OFF")
            self.path.chmod(0o600)
        version: int = self.db.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise StoreError(
                f"{self.path} was written by a newer version of the local server "
                f"(schema {version}, this one reads up to {SCHEMA_VERSION})"
            )
        steps = [_TABLES] if version == 0 else _MIGRATIONS[version - 1 :]
        if steps:
            script = "".join(steps)
            self.db.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
        else:
            # Takes the lock now rather than with the first write.
            self.db.executescript("BEGIN IMMEDIATE; COMMIT;")

    def close(self) -> None:
        """Close it; a file is then synced to the disk."""
        with contextlib.suppress(sqlite3.Error, OSError):
            self.db.rollback()
            self.db.execute("PRAGMA synchronous = NORMAL")
            if self.path is not None:
                # SQLite syncs what it now moves from the log, but not what earlier moves have written.
                with self.path.open("rb") as file:
                    os.fsync(file)
        self.db.close()

    def after(self, *, commit: Callable[[], None], rollback: Callable[[], None]) -> None:
        """Call these functions after each commit and after each rollback."""
        self._after_commit.append(commit)
        self._after_rollback.append(rollback)

    def once_committed(self, action: Callable[[], None]) -> None:
        """Call ``action`` when the present transaction is committed, and forget it if that fails."""
        self._once_committed.append(action)

    def commit(self) -> None:
        """Commit.

        Raises:
            sqlite3.Error: if that fails, as on a full disk. Everything since the last commit is rolled back.
        """
        try:
            self.db.commit()
        except sqlite3.Error:
            self.rollback()
            raise
        for action in self._after_commit:
            action()
        actions, self._once_committed = self._once_committed, []
        for action in actions:
            action()

    def rollback(self) -> None:
        self._once_committed = []
        try:
            self.db.rollback()
        finally:
            for action in self._after_rollback:
                action()

    def write(self, sql: str, values: Iterable[Any] = ()) -> sqlite3.Cursor:
        """Change something; this begins a transaction if there is none."""
        return self.db.execute(sql, tuple(values))

    def row(self, sql: str, *values: Json) -> Any:
        """The first row, or None."""
        return self.db.execute(sql, values).fetchone()

    def rows(self, sql: str, *values: Json) -> list[Any]:
        return self.db.execute(sql, values).fetchall()

    def meta(self, name: str) -> str | None:
        found = self.row("SELECT value FROM meta WHERE name = ?", name)
        return None if found is None else found[0]

    def set_meta(self, name: str, value: str) -> None:
        self.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def remember(self, name: str, make: Callable[[], str]) -> str:
        """The stored value ``name``, made and stored the first time."""
        value = self.meta(name)
        if value is None:
            value = make()
            self.set_meta(name, value)
        return value
