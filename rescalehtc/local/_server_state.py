"""What all handlers of one server share."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from ._jobs.containers import Containers
from ._jobs.environment import Environments
from ._jobs.records import Batches, check_vocabulary
from ._jobs.retention import Retention
from ._jobs.runner import Services
from ._jobs.scheduler import Scheduler
from ._state.clock import Clock
from ._state.credentials import Credentials
from ._state.data_folder import DataFolder
from ._state.files import Files
from ._state.store import Store
from ._wire.faults import Faults
from ._wire.messages import not_found
from ._wire.request_log import Requests
from ._wire.spec import Spec, load_spec
from ._wire.types import JsonObject

#: Prefixes of the names of SQLite's errors that concern the disk and not the database.
_DISK_ERRORS = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY")

_log = logging.getLogger("rescalehtc.local")


@dataclass(slots=True)
class TaskRow:
    seq: int
    id: str
    project_id: str
    lifecycle: str
    body: JsonObject
    created: int
    active: int
    archived: int | None
    deleted: int | None


@dataclass(slots=True, frozen=True, kw_only=True)
class Options:
    """How a server behaves."""

    workers: int
    api_key: str | None
    workspace_vcpus: int
    #: Whether every response is checked against the API description.
    check_answers: bool
    #: Whether jobs are refused if their image is not READY.
    require_images: bool


class ServerState:
    """State and services of one server.

    Raises:
        StoreError: if the database cannot be used.
    """

    def __init__(self, folder: DataFolder, clock: Clock, containers: Containers | None, options: Options) -> None:
        self.spec: Spec = load_spec()
        check_vocabulary(self.spec)
        self.options = options
        self.clock = clock
        lost_log = folder.database is not None and folder.unclean and not _has_log(folder)
        self.store = Store(folder.database)
        try:
            self._restore(folder, containers)
        except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
            self.store.close()
            # Some errors of the module itself have no name.
            if getattr(error, "sqlite_errorname", "").startswith(_DISK_ERRORS):
                raise self.store.explained(error) from None
            # The text of other errors may hold a key.
            raise self.store.damaged() from None
        folder.mark_running(True)
        if lost_log:
            _log.warning(
                "%s-wal is missing: the last run did not end properly, and what it committed last is lost",
                folder.database,
            )

    def _restore(self, folder: DataFolder, containers: Containers | None) -> None:
        self.clock.restore(float(self.store.meta("clock_offset") or 0))
        self.credentials = Credentials(self.store, self.clock, self.options.api_key)
        # Always write something, so that a log that is missing after a kill is noticed.
        self.store.set_meta("last_start", repr(self.clock.now()))
        self.store.commit()
        self.files = Files(folder.root)
        self.faults = Faults()
        self.requests = Requests()
        self.batches = Batches(self.store)
        self.store.commit()
        self.retention = Retention(self.store, self.clock, self.files, self.batches)
        self.environments = Environments(self.files, self.clock, self.credentials)
        self.scheduler = Scheduler(
            Services(self.store, self.clock, self.files, self.batches, self.environments, self.faults, containers),
            workers=self.options.workers,
            workspace_vcpus=self.options.workspace_vcpus,
            temporary=folder.temporary,
        )
        #: Time in milliseconds at which this run began.
        self.started = self.clock.millis()
        self._kept_offset = self.clock.offset

    @property
    def base_url(self) -> str:
        """Base URL of the API."""
        return self.environments.base_url

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return self.base_url.removesuffix(self.spec.base_path)

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Commit what the block does when it ends, or nothing if it fails."""
        self.commit_pending()
        try:
            yield
            self.store.commit()
        except BaseException:
            self.store.rollback()
            raise

    def forget_times(self) -> None:
        """Forget times in memory, after the clock was set back."""
        self._kept_offset = self.clock.offset
        self.retention = Retention(self.store, self.clock, self.files, self.batches)

    def commit_pending(self) -> None:
        """Write and commit what happened since the last request, so that no response shows what could get lost."""
        self.scheduler.flush()
        if self.store.db.in_transaction:
            self.store.commit()

    def apply_due_changes(self) -> bool:
        """Do what is due, and commit it. Runs in the thread of the server.

        Returns:
            whether there is more to do.

        Raises:
            sqlite3.Error: if nothing can be written; it is tried again later.
        """
        try:
            if self.clock.offset != self._kept_offset:
                self.store.set_meta("clock_offset", repr(self.clock.offset))
                # A test that moves the clock need not wait for a refresh.
                self.scheduler.refresh()
            self.commit_pending()
            self._kept_offset = self.clock.offset
            more = self.retention.sweep()
            self.store.commit()
        except BaseException:
            self.store.rollback()
            raise
        self.scheduler.wake()
        return more

    async def apply_all_due_changes(self) -> None:
        for _ in iter(self.apply_due_changes, False):
            await asyncio.sleep(0.002)

    def project_text(self, project_id: str) -> str:
        """The stored project as JSON text.

        Raises:
            ApiError: 404 if there is none.
        """
        row = self.store.row("SELECT body FROM project WHERE id = ?", project_id)
        if row is None:
            raise not_found("The project", project_id)
        return row[0]

    def project(self, project_id: str) -> JsonObject:
        """The stored project; fails like ``project_text``."""
        return json.loads(self.project_text(project_id))

    def require_project(self, project_id: str) -> None:
        if self.store.row("SELECT 1 FROM project WHERE id = ?", project_id) is None:
            raise not_found("The project", project_id)

    def task(self, project_id: str, task_id: str) -> TaskRow:
        """The stored task.

        Raises:
            ApiError: 404 if the project or the task does not exist.
        """
        row = self.store.row(
            "SELECT seq, id, project, lifecycle, body, created, active, archived, deleted FROM task"
            " WHERE id = ? AND project = ?",
            task_id,
            project_id,
        )
        if row is None:
            self.require_project(project_id)
            raise not_found("The task", task_id)
        seq, task, project, lifecycle, body, *times = row
        return TaskRow(seq, task, project, lifecycle, json.loads(body), *times)


def _has_log(folder: DataFolder) -> bool:
    assert folder.database is not None
    log = folder.database.with_name(folder.database.name + "-wal")
    return log.exists() and log.stat().st_size > 0
