"""Archives and deletes tasks, and deletes old jobs, as time passes."""

from __future__ import annotations

from collections import Counter

from .._state.clock import Clock
from .._state.files import Files
from .._state.store import Store
from .records import Batches, count_jobs

ACTIVE, ARCHIVED, DELETED = "ACTIVE", "ARCHIVED", "DELETED"

_HOUR = 3_600_000
#: Milliseconds after its end at which a job is deleted, as with the service.
JOB_LIFETIME = 60 * 24 * _HOUR

#: Jobs that are deleted before other requests get their turn.
_FORGOTTEN_PER_STEP = 1000

#: Owner of the workspace's policy in the table; a project's is its ID.
WORKSPACE_OWNER = "workspace"

#: The policy of a task's project, or else that of the workspace.
_POLICY = """JOIN policy p ON p.owner = coalesce((SELECT owner FROM policy WHERE owner = t.project), 'workspace')"""


class Retention:
    """Archives and deletes tasks and jobs when they are due."""

    def __init__(self, store: Store, clock: Clock, files: Files, batches: Batches) -> None:
        self._store = store
        self._clock = clock
        self._files = files
        self._batches = batches
        self._next_job_sweep = clock.millis()

    def sweep(self) -> bool:
        """Do what is due. The caller has flushed what changed in memory, and commits.

        A task is archived as of the moment at which it was due, so that one long move of the clock has the same
        outcome as many short ones; but not before its policy was made, so that it has its whole grace period.

        Returns:
            whether there is more to do; the server should handle other requests first.
        """
        now = self._clock.millis()
        if self._store.row("SELECT 1 FROM policy WHERE archive_after > 0 OR delete_after > 0 LIMIT 1"):
            self._apply_policies(now)
        if now < self._next_job_sweep:
            return False
        if self._forget_jobs(now - JOB_LIFETIME):
            return True
        self._next_job_sweep = now + _HOUR
        return False

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
        """Mark a task deleted, as of ``at``, and remove its folder. Its jobs stay visible until they expire."""
        self._store.write("UPDATE task SET lifecycle = ?, deleted = ? WHERE seq = ?", (DELETED, at, seq))
        key = Files.task_key(project_id, task_id)
        # Not earlier: if the commit failed, the task would have lost its files.
        self._store.once_committed(lambda: self._files.remove_folder(key))

    def _forget_jobs(self, before: int) -> bool:
        """Delete some of the jobs that ended long ago; returns whether there may be more."""
        store = self._store
        found = store.rows(
            "SELECT seq, task, grp, status FROM job WHERE completed < ? LIMIT ?", before, _FORGOTTEN_PER_STEP
        )
        if not found:
            return False
        gone = [(seq,) for seq, _, _, _ in found]
        store.db.executemany("DELETE FROM log WHERE job = ?", gone)
        store.db.executemany("DELETE FROM job WHERE seq = ?", gone)
        counts = Counter((task, group, status) for _, task, group, status in found)
        count_jobs(store, [(*key, -count) for key, count in counts.items()])
        if len(found) == _FORGOTTEN_PER_STEP:
            return True
        store.write("DELETE FROM tally WHERE count = 0")
        store.write("DELETE FROM job_group WHERE NOT EXISTS (SELECT 1 FROM tally WHERE tally.grp = job_group.seq)")
        store.write(
            "DELETE FROM batch WHERE created < ? AND NOT EXISTS (SELECT 1 FROM job WHERE job.batch = batch.seq)",
            (before,),
        )
        self._batches.forget()
        return False
