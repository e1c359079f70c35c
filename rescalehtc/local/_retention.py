"""What happens to tasks and jobs by the mere passing of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rescalehtc.local._files import Files
from rescalehtc.local._jobs import recount_jobs

if TYPE_CHECKING:
    from rescalehtc.local._world import World

ACTIVE, ARCHIVED, DELETED = "ACTIVE", "ARCHIVED", "DELETED"

_HOUR = 3_600_000
#: Milliseconds after its end at which a job is deleted, as with the service.
JOB_LIFETIME = 60 * 24 * _HOUR

#: Owner of the workspace's policy in the table; a project's is its identifier.
WORKSPACE_OWNER = "workspace"

#: The policy of a task's project, or else that of the workspace.
_POLICY = """JOIN policy p ON p.owner = coalesce((SELECT owner FROM policy WHERE owner = t.project), 'workspace')"""


def sweep(world: World) -> None:
    """Archive, delete and forget what is due. The caller commits.

    A task is archived as of the moment at which it was due, so that one long move of the clock has the same outcome
    as many short ones.
    """
    now = world.clock.millis()
    world.scheduler.flush()
    world.store.commit()
    if world.store.row("SELECT 1 FROM policy WHERE archive_after > 0 OR delete_after > 0 LIMIT 1"):
        _apply_policies(world, now)
    if now >= world.next_job_sweep:
        world.next_job_sweep = now + _HOUR
        _forget_jobs(world, now - JOB_LIFETIME)


def _apply_policies(world: World, now: int) -> None:
    idle = world.store.rows(
        f"SELECT t.seq, t.active + p.archive_after * {_HOUR} FROM task t {_POLICY}"
        f" WHERE t.lifecycle = '{ACTIVE}' AND p.archive_after > 0 AND t.active + p.archive_after * {_HOUR} <= ?"
        " AND NOT EXISTS (SELECT 1 FROM job WHERE job.task = t.seq AND job.status < 5)",
        now,
    )
    for seq, due in idle:
        world.store.write("UPDATE task SET lifecycle = ?, archived = ? WHERE seq = ?", (ARCHIVED, due, seq))
    over = world.store.rows(
        f"SELECT t.seq, t.project, t.id, t.archived + p.delete_after * {_HOUR} FROM task t {_POLICY}"
        f" WHERE t.lifecycle = '{ARCHIVED}' AND p.delete_after > 0 AND t.archived + p.delete_after * {_HOUR} <= ?",
        now,
    )
    for seq, project, task, due in over:
        delete_task(world, seq, project, task, due)


def delete_task(world: World, seq: int, project_id: str, task_id: str, at: int) -> None:
    """Mark a task deleted, as of `at`, and remove its folder. Its jobs stay visible until their own time is up."""
    world.store.write("UPDATE task SET lifecycle = ?, deleted = ? WHERE seq = ?", (DELETED, at, seq))
    folder = world.files.drop(Files.task_key(project_id, task_id))
    if folder is not None:
        world.scheduler.remove_later(folder)


def _forget_jobs(world: World, before: int) -> None:
    store = world.store
    if store.row("SELECT 1 FROM job WHERE completed < ? LIMIT 1", before) is None:
        return
    store.write("DELETE FROM log WHERE job IN (SELECT seq FROM job WHERE completed < ?)", (before,))
    store.write("DELETE FROM job WHERE completed < ?", (before,))
    store.write("DELETE FROM batch WHERE NOT EXISTS (SELECT 1 FROM job WHERE job.batch = batch.seq)")
    recount_jobs(store)
    world.batches.forget()
