"""What all parts of one server share."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rescalehtc.local._auth import Auth
from rescalehtc.local._clock import Clock
from rescalehtc.local._faults import Faults
from rescalehtc.local._files import Files
from rescalehtc.local._http import not_found
from rescalehtc.local._jobs import Batches, check_vocabulary
from rescalehtc.local._retention import sweep
from rescalehtc.local._scheduler import Scheduler
from rescalehtc.local._spec import Spec, load_spec
from rescalehtc.local._store import Store
from rescalehtc.local._types import JsonObject

if TYPE_CHECKING:
    from rescalehtc.local._containers import Containers


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


class World:
    """State and services of one server.

    Args:
        root: folder for files and, where `durable`, for the database.
        workspace_vcpus: the vCPU limit of the workspace.
    """

    def __init__(
        self,
        root: Path,
        *,
        durable: bool,
        clock: Clock,
        workers: int,
        api_key: str | None,
        containers: Containers | None,
        workspace_vcpus: int,
    ) -> None:
        self.spec: Spec = load_spec()
        check_vocabulary(self.spec)
        self.clock = clock
        self.store = Store(root / "state.sqlite3" if durable else None)
        self.durable = durable
        clock.restore(float(self.store.meta("clock_offset") or 0))
        self.auth = Auth(self.store, clock, self.spec, api_key)
        self.store.commit()
        self.files = Files(root)
        self.faults = Faults()
        self.batches = Batches(self.store)
        self.containers = containers
        self.workspace_vcpus = workspace_vcpus
        self.scheduler = Scheduler(self, workers)
        #: Base URL of the API, known once the server has its port.
        self.base_url = ""
        #: Time in milliseconds at which this run began, and at which old jobs are next looked for.
        self.started = clock.millis()
        self._kept_offset = clock.offset
        self.next_job_sweep = self.started

    def time_passed(self) -> None:
        """Let all that is due happen, and keep it. Runs in the thread of the server."""
        if self.clock.offset != self._kept_offset:
            self._kept_offset = self.clock.offset
            self.store.set_meta("clock_offset", repr(self.clock.offset))
        try:
            sweep(self)
            self.store.commit()
        except BaseException:
            self.store.rollback()
            raise
        self.scheduler.wake()

    def project_text(self, project_id: str) -> str:
        """The stored project as JSON text.

        Raises:
            Refusal: 404 where there is none.
        """
        row = self.store.row("SELECT body FROM project WHERE id = ?", project_id)
        if row is None:
            raise not_found("The project", project_id)
        return row[0]

    def project(self, project_id: str) -> JsonObject:
        """The stored project; refused like `project_text`."""
        return json.loads(self.project_text(project_id))

    def require_project(self, project_id: str) -> None:
        if self.store.row("SELECT 1 FROM project WHERE id = ?", project_id) is None:
            raise not_found("The project", project_id)

    def task(self, project_id: str, task_id: str) -> TaskRow:
        """The stored task.

        Raises:
            Refusal: 404 where the project or the task does not exist.
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
