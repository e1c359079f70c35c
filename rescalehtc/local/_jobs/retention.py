"""What happens to tasks and jobs by the mere passing of time."""

from __future__ import annotations

from .._state.clock import Clock
from .._state.files import Files
from .._state.store import Store
from .records import Batches, recount_jobs

ACTIVE, ARCHIVED, DELETED = "ACTIVE", "ARCHIVED", "DELETED"

_HOUR = 3_600_000
#: Milliseconds after its end at which a job is deleted, as with the service.
JOB_LIFETIME = 60 * 24 * _HOUR

#: Owner of the workspace's policy in the table; a project's is its ID.
WORKSPACE_OWNER = "workspace"

#: The policy of a task's project, or else that of the workspace.
_POLICY = """JOIN policy p ON p.owner = coalesce((SELECT owner FROM policy WHERE owner = t.project), 'workspace')"""


class Retention:
    """Archives, deletes and forgets what is due."""

    def __init__(self, store: Store, clock: Clock, files: Files, batches: Batches) -> None:
        self._store = store
        self._clock = clock
        self._files = files
        self._batches = batches
        self._next_job_sweep = clock.millis()

    def sweep(self) -> None:
        """The caller has flushed what changed in memory, and commits.

        A task is archived as of the moment at which it was due, so that one long move of the clock has the same
        outcome as many short ones; but not before its policy was made, so that it has its whole grace period.
        """
        now = self._clock.millis()
        if self._store.row("SELECT 1 FROM policy WHERE archive_after > 0 OR delete_after > 0 LIMIT 1"):
            self._apply_policies(now)
        if now >= self._next_job_sweep:
            self._next_job_sweep = now + _HOUR
            self._forget_jobs(now - JOB_LIFETIME)

    def _apply_policies(self, now: int) -> None:
        idle = self._store.rows(
            f"SELECT t.seq, max(t.active + p.archive_after * {_HOUR}, p.created) FROM task t {_POLICY}"
            f" WHERE t.lifecycle = '{ACTIVE}' AND p.archive_after > 0 AND t.active + p.archive_after * {_HOUR} <= ?"
            " AND NOT EXISTS (SELECT 1 FROM tally WHERE tally.task = t.seq AND tally.status < 5 AND tally.count > 0)",
            now,
        )
        for seq, due in idle:
            self._store.write("UPDATE task SET lifecycle = ?, archived = ? WHERE seq = ?", (ARCHIVED, due, seq))
        over = self._store.rows(
            f"SELECT t.seq, t.project, t.id, max(t.archived, p.created) + p.delete_after * {_HOUR} AS due"
            f" FROM task t {_POLICY} WHERE t.lifecycle = '{ARCHIVED}' AND p.delete_after > 0 AND due <= ?",
            now,
        )
        for seq, project, task, due in over:
            self.delete_task(seq, project, task, due)

    def delete_task(self, seq: int, project_id: str, task_id: str, at: int) -> None:
        """Mark a task deleted, as of `at`, and remove its folder. Its jobs stay visible until their own time is up."""
        self._store.write("UPDATE task SET lifecycle = ?, deleted = ? WHERE seq = ?", (DELETED, at, seq))
        key = Files.task_key(project_id, task_id)
        # Not before: a commit that fails would leave a task without its files.
        self._store.once_committed(lambda: self._files.remove_folder(key))

    def _forget_jobs(self, before: int) -> None:
        store = self._store
        if store.row("SELECT 1 FROM job WHERE completed < ? LIMIT 1", before) is None:
            return
        store.write("DELETE FROM log WHERE job IN (SELECT seq FROM job WHERE completed < ?)", (before,))
        store.write("DELETE FROM job WHERE completed < ?", (before,))
        store.write("DELETE FROM batch WHERE NOT EXISTS (SELECT 1 FROM job WHERE job.batch = batch.seq)")
        recount_jobs(store)
        self._batches.forget()
