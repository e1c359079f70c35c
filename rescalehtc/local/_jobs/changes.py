"""Writes what happens to jobs: their rows, their logs and the counts.

Changes gather in memory and go to the database with the next request or a moment later. They stay in memory
until they are committed, so that a full disk delays a change but never loses one.

If the server imitates the service's refresh, a change is first kept in the table ``unpublished``, which survives a
kill, and becomes visible with the next refresh.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from .._state.store import Store
from .live import LiveJob
from .records import count_jobs

_COLUMNS = "status, updated, started, completed, exit_code, failure, reason, attempt, lines, events"
_SET = ", ".join(f"{name}=excluded.{name}" for name in _COLUMNS.split(", "))
_FROM_UNPUBLISHED = ", ".join(f"{name}=u.{name}" for name in _COLUMNS.split(", "))


class Changes:
    """The changes of one server's jobs.

    Args:
        publish_at_once: whether a change is visible as soon as it is written.
    """

    def __init__(self, store: Store, *, publish_at_once: bool) -> None:
        self._store = store
        self._at_once = publish_at_once
        self._jobs: dict[int, LiveJob] = {}
        self._logs: list[tuple[Any, ...]] = []
        self._active_tasks: dict[int, int] = {}
        # Written in the transaction that is not committed yet.
        self._written: tuple[dict[int, LiveJob], list[tuple[Any, ...]], dict[int, int]] = ({}, [], {})
        #: Characters of log text that are not written yet.
        self.log_size = 0
        store.after(commit=self._committed, rollback=self._rolled_back)

    def touch(self, job: LiveJob) -> None:
        self._jobs[job.seq] = job

    def log(self, job: LiveJob, at: int, text: str) -> None:
        """Add lines that a job has written, with newlines between them."""
        count = text.count("\n") + 1
        self._logs.append((job.seq, job.lines, count, at, text))
        self.log_size += len(text)
        job.lines += count
        self.touch(job)

    def task_active(self, task_seq: int, at: int) -> None:
        self._active_tasks[task_seq] = at

    def flush(self) -> None:
        """Write what has changed in memory. The caller commits."""
        if not (self._jobs or self._logs or self._active_tasks):
            return
        jobs, logs, tasks = self._jobs, self._logs, self._active_tasks
        written_jobs, written_logs, written_tasks = self._written
        self._jobs, self._logs, self._active_tasks = {}, [], {}
        written_jobs.update(jobs)
        written_logs.extend(logs)
        written_tasks.update(tasks)
        rows = [
            (
                job.seq,
                int(job.status),
                job.updated,
                job.started,
                job.completed,
                job.exit_code,
                job.failure,
                job.reason,
                job.attempt,
                job.lines,
                json.dumps(job.events, separators=(",", ":")),
            )
            for job in jobs.values()
        ]
        self._store.db.executemany(
            f"INSERT INTO unpublished (seq, {_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?)"
            f" ON CONFLICT (seq) DO UPDATE SET {_SET}",
            rows,
        )
        self._store.db.executemany("INSERT OR REPLACE INTO log VALUES (?,?,?,?,?)", logs)
        self._store.db.executemany("UPDATE task SET active=? WHERE seq=?", [(at, seq) for seq, at in tasks.items()])
        self.log_size = 0
        if self._at_once:
            self.publish()

    def publish(self) -> None:
        """Make all written changes visible. The caller commits."""
        moved: Counter[tuple[int, int, int]] = Counter()
        for task, group, before, after in self._store.rows(
            "SELECT job.task, job.grp, job.status, u.status FROM unpublished u JOIN job ON job.seq = u.seq"
            " WHERE job.status != u.status"
        ):
            moved[task, group, before] -= 1
            moved[task, group, after] += 1
        self._store.write(f"UPDATE job SET {_FROM_UNPUBLISHED} FROM unpublished u WHERE job.seq = u.seq")
        self._store.write("DELETE FROM unpublished")
        count_jobs(self._store, [(*key, change) for key, change in moved.items() if change])

    def _committed(self) -> None:
        self._written = ({}, [], {})

    def _rolled_back(self) -> None:
        jobs, logs, tasks = self._written
        self._written = ({}, [], {})
        self._jobs = {**jobs, **self._jobs}
        self._logs = [*logs, *self._logs]
        self._active_tasks = {**tasks, **self._active_tasks}
        self.log_size = sum(len(row[4]) for row in self._logs)
