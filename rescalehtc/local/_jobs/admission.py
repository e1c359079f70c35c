"""Decides which of the waiting jobs are admitted next.

A job is admitted when its vCPUs fit, together with those of all admitted, unfinished jobs, under the limits of its
project and of the workspace. Projects take turns, the one that uses the least first, and a job that does not fit
does not hold back smaller ones behind it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from .._state.store import Store
from .live import LiveJob
from .records import Batches, Status

#: Jobs of one project that are admitted ahead of the workers. Limits memory and the work of one turn.
_MAX_ADMITTED = 256
#: A project is checked again after this many of its admitted jobs have ended, rather than after each.
_MIN_ROOM = 32


class Admission:
    """The waiting jobs of all projects, by batch, and the vCPUs in use."""

    def __init__(self, store: Store, batches: Batches, workspace_vcpus: int) -> None:
        self._store = store
        self._batches = batches
        self._workspace_vcpus = workspace_vcpus
        #: For each project the batches with waiting jobs, oldest first, and the index of the first waiting job.
        self._waiting: dict[str, dict[int, int]] = defaultdict(dict)
        self._used: dict[str, int] = defaultdict(int)
        self._live: dict[str, int] = defaultdict(int)
        # "status < 5" lets SQLite use the partial index.
        for project, batch in store.rows(
            "SELECT project, batch FROM job WHERE status = 0 AND status < 5 GROUP BY batch ORDER BY batch"
        ):
            self.submitted(project, batch)

    @property
    def used_vcpus(self) -> int:
        """vCPUs of all admitted, unfinished jobs."""
        return sum(self._used.values())

    def submitted(self, project_id: str, batch_seq: int) -> None:
        self._waiting[project_id].setdefault(batch_seq, 0)

    def withdraw(self, task_seq: int, group: str | None) -> None:
        """Admit no more jobs of the batches that a task, or one of its groups, has now."""
        for waiting in self._waiting.values():
            for batch_seq in list(waiting):
                batch = self._batches.get(batch_seq)
                if batch.task_seq == task_seq and group in (None, batch.group):
                    del waiting[batch_seq]

    def enter(self, job: LiveJob) -> None:
        self._used[job.batch.project_id] += job.batch.vcpus
        self._live[job.batch.project_id] += 1

    def leave(self, job: LiveJob) -> None:
        self._used[job.batch.project_id] -= job.batch.vcpus
        self._live[job.batch.project_id] -= 1

    def take(self) -> Iterator[LiveJob]:
        """The jobs that are admitted now."""
        for project in sorted(self._waiting, key=lambda each: self._used[each]):
            if _MAX_ADMITTED - self._live[project] >= _MIN_ROOM:
                yield from self._take_from(project)
            if not self._waiting[project]:
                del self._waiting[project]

    def _take_from(self, project: str) -> Iterator[LiveJob]:
        (lowest,) = self._store.row("SELECT min(vcpus) FROM project_limit WHERE project = ?", project)
        for batch_seq, first in list(self._waiting[project].items()):
            free = self._workspace_vcpus - self.used_vcpus
            if lowest is not None:
                free = min(free, lowest - self._used[project])
            room = _MAX_ADMITTED - self._live[project]
            if free <= 0 or room <= 0:
                return
            batch = self._batches.get(batch_seq)
            wanted = min(room, free // batch.vcpus)
            if not wanted:
                continue
            rows = self._store.rows(
                "SELECT seq, idx FROM job WHERE batch = ? AND idx >= ? AND status = 0 ORDER BY idx LIMIT ?",
                batch_seq,
                first,
                wanted,
            )
            if len(rows) < wanted:
                del self._waiting[project][batch_seq]
            else:
                self._waiting[project][batch_seq] = rows[-1][1] + 1
            for seq, index in rows:
                job = LiveJob(seq, batch, index, Status.SUBMITTED_TO_RESCALE, updated=batch.created)
                self.enter(job)
                yield job
