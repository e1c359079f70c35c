"""Moves jobs through their states: admission under the limits, waiting, running, retrying, ending, cancelling.

Only jobs that were admitted are held in memory; all others wait in the database. The scheduler runs in the event
loop of the server, so nothing here needs a lock.

What the service does not publish is decided here as follows. A job is admitted when its vCPUs fit under the
smallest limit together with those of all admitted, unfinished jobs, oldest first within a project. It then waits
`PROVIDER_WAIT` seconds before each of SUBMITTED_TO_PROVIDER and RUNNABLE, and in RUNNABLE for a free worker. Every
failure but a timeout is tried again as often as `retryStrategy` allows; a new attempt begins in RUNNABLE. A job
without `commands` has nothing that could run without its image: it succeeds, and its log says so.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import json
import logging
import os
import shutil
import signal
import subprocess
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rescalehtc.local._auth import TOKEN_LIFETIME
from rescalehtc.local._files import Files
from rescalehtc.local._jobs import (
    FIRST_FINAL,
    INFRASTRUCTURE,
    NON_ZERO_EXIT,
    NOT_STARTED,
    OUT_OF_MEMORY,
    TIMEOUT,
    Batch,
    Status,
    count_jobs,
    group_number,
    pack_event,
)
from rescalehtc.local._logs import LogCutter, store_rows
from rescalehtc.local._process import Ended, JobProcess, system_oom_kills

if TYPE_CHECKING:
    from rescalehtc.local._world import World

#: Seconds, divided by the speed, that a job waits before each of the two states after submission.
PROVIDER_WAIT = 0.1
#: Jobs that are admitted ahead of the workers. Bounds memory, and the work of one turn.
_MAX_ADMITTED = 1024
#: Admission waits until this many of them have ended, so that it is not asked for each job anew.
_MIN_ROOM = 128
#: Real seconds between two looks at the memory of running jobs.
_MEMORY_INTERVAL = 0.1
#: Real seconds after which changes are written at the latest, where no request asks for them.
_FLUSH_INTERVAL = 0.05
#: Real seconds after which a turn that failed, as with a full disk, is tried again.
_RETRY_INTERVAL = 1.0
#: Log text that is held before it is written, in characters.
_MAX_PENDING_LOG = 1024 * 1024

CANCELLED = "Cancelled by the user"

_log = logging.getLogger("rescalehtc.local")


@dataclass(slots=True, eq=False)
class LiveJob:
    """An admitted job that has not ended."""

    seq: int
    batch: Batch
    index: int
    status: Status
    attempt: int = 0
    started: int | None = None
    updated: int = 0
    lines: int = 0
    completed: int | None = None
    exit_code: int | None = None
    failure: str | None = None
    reason: str | None = None
    events: list[list[Any]] = field(default_factory=list[list[Any]])
    process: JobProcess | None = None
    cutter: LogCutter = field(default_factory=LogCutter)
    folder: Path | None = None
    cancelled: bool = False
    timed_out: bool = False
    out_of_memory: bool = False
    #: The state that the database knows.
    stored: Status = Status.SUBMITTED_TO_RESCALE
    #: Time on the server's clock at which a running job has used up its time.
    deadline: float | None = None

    @property
    def id(self) -> str:
        return self.batch.job_id(self.index)


class Scheduler:
    """All unfinished jobs of one server.

    Args:
        workers: how many jobs run at the same time.
    """

    def __init__(self, world: World, workers: int) -> None:
        self._world = world
        self._store = world.store
        self._clock = world.clock
        self._loop: asyncio.AbstractEventLoop | None = None
        self.workers = workers
        self.live: dict[int, LiveJob] = {}
        #: Projects that may have jobs which wait for admission, and up to which job each has been admitted.
        self._waiting: set[str] = set()
        self._admitted: dict[str, int] = {}
        self._used: dict[str, int] = {}
        self._ready: deque[LiveJob] = deque()
        self._running: dict[int, LiveJob] = {}
        self._heap: list[tuple[float, int, LiveJob]] = []
        self._order = itertools.count()
        self._changed: dict[int, LiveJob] = {}
        self._active_tasks: dict[int, int] = {}
        self._logs: list[tuple[Any, ...]] = []
        self._log_size = 0
        self._tokens: dict[int, tuple[float, str]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._turn: asyncio.Handle | None = None
        self._flush_timer: asyncio.TimerHandle | None = None
        self._memory_timer: asyncio.TimerHandle | None = None
        self._oom_kills = system_oom_kills()
        self._stopped = False

    # -- life -----------------------------------------------------------------------------------------------------

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take up the jobs that an earlier run of the server has left, and begin."""
        self._loop = loop
        for (project,) in self._store.rows("SELECT DISTINCT project FROM job WHERE status = 0 AND status < 5"):
            self._waiting.add(project)
        rows = self._store.rows(
            "SELECT seq, batch, idx, status, attempt, started, updated, lines, events FROM job"
            " WHERE status > 0 AND status < 5 ORDER BY seq"
        )
        for seq, batch, index, status, attempt, started, updated, lines, events in rows:
            job = LiveJob(seq, self._world.batches.get(batch), index, Status(status), attempt, started, updated, lines)
            job.stored = job.status
            job.events = json.loads(events) if events else []
            self._admit(job)
            if job.status >= Status.STARTING:
                self._attempt_failed(job, INFRASTRUCTURE, None, "Lost when the local server stopped")
            elif job.status is Status.RUNNABLE:
                self._ready.append(job)
            else:
                self._step_after(job, PROVIDER_WAIT)
        self.wake()

    def stop(self) -> None:
        """Kill what runs. In the database those jobs stay RUNNING, and the next start finds them dead."""
        self._stopped = True
        for handle in (self._timer, self._turn, self._flush_timer, self._memory_timer):
            if handle is not None:
                handle.cancel()
        for job in self._running.values():
            if job.process is not None:
                job.process.kill_and_reap()
        self.flush()
        self._store.commit()

    def wake(self) -> None:
        """Something has changed that may let a job go on: look soon, once."""
        if self._turn is None and self._loop is not None and not self._stopped:
            self._turn = self._loop.call_soon(self._take_turn)

    def submitted(self, project_id: str) -> None:
        self._waiting.add(project_id)
        self.wake()

    # -- writing --------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Write what has changed in memory. The caller commits."""
        if self._changed:
            self._store.db.executemany(
                "UPDATE job SET status=?, updated=?, started=?, completed=?, exit_code=?, failure=?, reason=?,"
                " attempt=?, lines=?, events=? WHERE seq=?",
                [
                    (
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
                        job.seq,
                    )
                    for job in self._changed.values()
                ],
            )
            moved: Counter[tuple[int, int, int]] = Counter()
            for job in self._changed.values():
                if job.status is not job.stored:
                    place = (job.batch.task_seq, job.batch.group_number)
                    moved[*place, int(job.stored)] -= 1
                    moved[*place, int(job.status)] += 1
                    job.stored = job.status
            count_jobs(self._store, [(*key, change) for key, change in moved.items() if change])
            self._changed.clear()
        if self._logs:
            self._store.db.executemany("INSERT OR REPLACE INTO log VALUES (?,?,?,?,?)", self._logs)
            self._logs.clear()
            self._log_size = 0
        if self._active_tasks:
            self._store.db.executemany(
                "UPDATE task SET active=? WHERE seq=?", [(at, seq) for seq, at in self._active_tasks.items()]
            )
            self._active_tasks.clear()

    def _flush_later(self) -> None:
        if self._flush_timer is None and self._loop is not None and not self._stopped:
            self._flush_timer = self._loop.call_later(_FLUSH_INTERVAL, self._flush_now)

    def _flush_now(self) -> None:
        if self._flush_timer is not None:
            self._flush_timer.cancel()
            self._flush_timer = None
        self.flush()
        self._store.commit()

    def _touch(self, job: LiveJob) -> None:
        job.updated = self._clock.millis()
        self._changed[job.seq] = job
        self._flush_later()

    def _enter(self, job: LiveJob, status: Status, reason: str | None = None, exit_code: int | None = None) -> None:
        job.status = status
        self._touch(job)
        job.events.append(pack_event(status, job.updated, reason, exit_code, job.cancelled))

    def _log(self, job: LiveJob, lines: list[str]) -> None:
        if lines:
            row = store_rows(job.seq, job.lines, self._clock.millis(), lines)
            self._logs.append(row)
            self._log_size += len(row[4])
            job.lines += len(lines)
            self._touch(job)
            if self._log_size > _MAX_PENDING_LOG:
                self._flush_now()

    # -- turns ----------------------------------------------------------------------------------------------------

    def _take_turn(self) -> None:
        self._turn = None
        try:
            self._move_jobs()
        except Exception:
            _log.exception("the local server could not go on with its jobs, and tries again")
            assert self._loop is not None
            self._timer = self._loop.call_later(_RETRY_INTERVAL, self.wake)

    def _move_jobs(self) -> None:
        now = self._clock.now()
        while self._heap and self._heap[0][0] <= now:
            _, _, job = heapq.heappop(self._heap)
            self._step(job)
        nearest = float("inf")
        for job in self._running.values():
            if job.deadline is not None and job.process is not None and not job.timed_out:
                if job.deadline <= now:
                    job.timed_out = True
                    job.process.kill()
                else:
                    nearest = min(nearest, job.deadline)
        self._admit_waiting()
        while self._ready and len(self._running) < self.workers:
            self._run(self._ready.popleft())
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._heap:
            nearest = min(nearest, self._heap[0][0])
        if nearest < float("inf") and self._loop is not None:
            self._timer = self._loop.call_later(max(0.0, nearest - now), self.wake)

    def _step_after(self, job: LiveJob, seconds: float) -> None:
        heapq.heappush(self._heap, (self._clock.now() + self._clock.scaled(seconds), next(self._order), job))

    def _step(self, job: LiveJob) -> None:
        """The next state of a job that waits for the provider."""
        if job.seq not in self.live:
            return  # cancelled meanwhile
        if job.status is Status.SUBMITTED_TO_RESCALE:
            self._enter(job, Status.SUBMITTED_TO_PROVIDER)
            self._step_after(job, PROVIDER_WAIT)
        elif job.status is Status.SUBMITTED_TO_PROVIDER:
            self._enter(job, Status.RUNNABLE)
            self._ready.append(job)

    # -- admission ------------------------------------------------------------------------------------------------

    def _limit(self, project_id: str) -> float:
        row = self._store.row("SELECT min(vcpus) FROM project_limit WHERE project = ?", project_id)
        return float("inf") if row[0] is None else row[0]

    def _admit(self, job: LiveJob) -> None:
        self.live[job.seq] = job
        project = job.batch.project_id
        self._used[project] = self._used.get(project, 0) + job.batch.vcpus

    @property
    def used_vcpus(self) -> int:
        """vCPUs of all admitted, unfinished jobs."""
        return sum(self._used.values())

    def _admit_waiting(self) -> None:
        for project in sorted(self._waiting):
            room = _MAX_ADMITTED - len(self.live)
            if room < _MIN_ROOM:
                return
            limit = min(
                self._limit(project) - self._used.get(project, 0), self._world.workspace_vcpus - self.used_vcpus
            )
            if limit <= 0:
                continue
            # A job uses at least one vCPU. That the status is below 5 is said for the sake of the partial index.
            wanted = int(min(room, limit))
            rows = self._store.rows(
                "SELECT seq, batch, idx FROM job WHERE project = ? AND status = 0 AND status < 5 AND seq > ?"
                " ORDER BY seq LIMIT ?",
                project,
                self._admitted.get(project, 0),
                wanted,
            )
            if len(rows) < wanted:
                self._waiting.discard(project)
            for seq, batch_seq, index in rows:
                batch = self._world.batches.get(batch_seq)
                limit -= batch.vcpus
                if limit < 0:
                    self._waiting.add(project)
                    break
                job = LiveJob(seq, batch, index, Status.SUBMITTED_TO_RESCALE, updated=batch.created)
                self._admitted[project] = seq
                self._admit(job)
                self._step_after(job, PROVIDER_WAIT)

    def _leave(self, job: LiveJob) -> None:
        del self.live[job.seq]
        self._used[job.batch.project_id] -= job.batch.vcpus
        self._active_tasks[job.batch.task_seq] = job.updated
        self.wake()

    # -- running --------------------------------------------------------------------------------------------------

    def _run(self, job: LiveJob) -> None:
        if job.seq not in self.live:
            return  # cancelled while it waited for a worker
        assert self._loop is not None
        self._enter(job, Status.STARTING)
        commands: list[str] = job.batch.definition.get("commands") or []
        container = self._world.containers
        if not commands and container is None:
            self._enter(job, Status.RUNNING)
            job.started = job.updated
            self._log(job, ["[local server: the job has no commands, and images do not run here; nothing was done]"])
            self._succeed(job, 0)
            return
        try:
            job.folder = self._world.files.work_folder(job.seq)
            environment = self._environment(job)
            if container is None:
                folder = work_dir(job.folder, job.batch.definition.get("workingDir"))
            else:
                folder = job.folder
                commands = container.command(job, commands, environment)
            job.cutter = LogCutter()
            job.process = JobProcess(
                self._loop,
                commands,
                folder,
                environment,
                lambda data: self._log(job, job.cutter.feed(data)),
                lambda ended: self._ended(job, ended),
            )
        except (OSError, ValueError) as error:
            self._clean(job)
            text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            name = commands[0][:200] if commands else "image"
            # JSON can carry lone surrogates in a name, which cannot be stored.
            reason = f"{name}: {text}".encode("utf-8", "replace").decode()
            self._attempt_failed(job, NOT_STARTED, None, reason)
            return
        self._running[job.seq] = job
        self._enter(job, Status.RUNNING)
        job.started = job.updated
        timeout: int | None = job.batch.definition.get("execTimeoutSeconds")
        if timeout is not None:
            job.deadline = self._clock.now() + self._clock.scaled(timeout)
            self.wake()
        # In a container its engine sees to that; the process here is only the engine's client.
        limited = job.batch.definition.get("maxMemory") is not None and container is None
        if limited and self._memory_timer is None:
            self._memory_timer = self._loop.call_later(_MEMORY_INTERVAL, self._watch_memory)

    def _environment(self, job: LiveJob) -> dict[str, str]:
        """The whole environment of a job: nothing of the server's own but PATH and LANG.

        Besides the variables of the service there is `RESCALE_HTC_API_URL`, so that a job which uses this library
        reaches the server that runs it and not the service.
        """
        batch, files = job.batch, self._world.files
        asked: list[dict[str, str]] = batch.definition.get("envs") or []
        assert job.folder is not None
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": os.environ.get("LANG", "C.UTF-8"),
            "HOME": str(job.folder),
            **{pair["name"]: pair["value"] for pair in asked},
            "AWS_BATCH_JOB_ARRAY_INDEX": str(job.index),
            "RESCALE_HTC_API_URL": self._world.base_url,
            "RESCALE_HTC_BEARER_TOKEN": self._token(batch),
            "RESCALE_HTC_PROJECT_ID": batch.project_id,
            "RESCALE_HTC_TASK_ID": batch.task_id,
            "RESCALE_HTC_REGION": batch.region,
            "RESCALE_PROJECT_ID": batch.project_id,
            "RESCALE_TASK_ID": batch.task_id,
            "RESCALE_JOB_ID": job.id,
            "PROJECT_SHARED_FOLDER": str(files.folder(Files.project_key(batch.project_id))),
            "TASK_SHARED_FOLDER": str(files.folder(Files.task_key(batch.project_id, batch.task_id))),
        }

    def _token(self, batch: Batch) -> str:
        """One token for all jobs of a batch, since they have the same rights and signing takes a millisecond."""
        now = self._clock.now()
        until, token = self._tokens.get(batch.seq, (0.0, ""))
        if now >= until:
            token = self._world.auth.issue_job_token(
                batch.project_id, batch.task_id, batch.definition.get("claims") or []
            )
            if len(self._tokens) >= _MAX_ADMITTED:
                self._tokens.clear()
            self._tokens[batch.seq] = (now + TOKEN_LIFETIME / 2, token)
        return token

    def _watch_memory(self) -> None:
        """Kill jobs that use more than their `maxMemory`, as a container's memory limit would."""
        self._memory_timer = None
        watched = False
        for job in self._running.values() if self._world.containers is None else ():
            limit: int | None = job.batch.definition.get("maxMemory")
            if limit is not None and job.process is not None:
                watched = True
                if job.process.memory() > limit:
                    job.out_of_memory = True
                    job.process.kill()
        if watched and self._loop is not None and not self._stopped:
            self._memory_timer = self._loop.call_later(_MEMORY_INTERVAL, self._watch_memory)

    def _ended(self, job: LiveJob, ended: Ended) -> None:
        self._log(job, job.cutter.finish())
        del self._running[job.seq]
        job.process = None
        job.deadline = None
        container = self._world.containers
        if container is not None and ended.killed_by is not None and self._loop is not None:
            command = container.remove_command(job)
            self._loop.run_in_executor(None, lambda: subprocess.run(command, capture_output=True, check=False))
        self._clean(job)
        if job.cancelled:
            self._fail(job, None, ended.exit_code, CANCELLED)
        elif job.timed_out:
            self._fail(job, TIMEOUT, ended.exit_code, "The job ran longer than execTimeoutSeconds")
        elif ended.exit_code == 0:
            self._succeed(job, 0)
        elif job.out_of_memory or (ended.killed_by == signal.SIGKILL and self._kernel_was_out_of_memory()):
            self._attempt_failed(job, OUT_OF_MEMORY, ended.exit_code, "The job used more memory than it may")
        else:
            reason = f"The command ended with exit code {ended.exit_code}"
            if ended.killed_by is not None:
                reason = f"The command was ended by signal {ended.killed_by}"
            self._attempt_failed(job, NON_ZERO_EXIT, ended.exit_code, reason)
        self.wake()

    def _kernel_was_out_of_memory(self) -> bool:
        before, self._oom_kills = self._oom_kills, system_oom_kills()
        return self._oom_kills > before

    def _clean(self, job: LiveJob) -> None:
        folder, job.folder = job.folder, None
        if folder is not None:
            try:
                folder.rmdir()
            except OSError:
                self.remove_later(folder)

    def remove_later(self, folder: Path) -> None:
        """Remove a folder in another thread: it may hold much."""
        assert self._loop is not None
        self._loop.run_in_executor(None, lambda: shutil.rmtree(folder, ignore_errors=True))

    # -- ending ---------------------------------------------------------------------------------------------------

    def _succeed(self, job: LiveJob, exit_code: int) -> None:
        job.exit_code = exit_code
        job.failure = None
        job.reason = "Completed"
        self._enter(job, Status.SUCCEEDED, job.reason, exit_code)
        job.completed = job.updated
        self._leave(job)

    def _attempt_failed(self, job: LiveJob, failure: str, exit_code: int | None, reason: str) -> None:
        if job.attempt < job.batch.max_retries:
            job.attempt += 1
            job.out_of_memory = False
            text = f"Attempt {job.attempt} of {job.batch.max_retries + 1} failed ({failure}): {reason}"
            self._enter(job, Status.RUNNABLE, text, exit_code)
            self._ready.append(job)
            self.wake()
        else:
            self._fail(job, failure, exit_code, reason)

    def _fail(self, job: LiveJob, failure: str | None, exit_code: int | None, reason: str) -> None:
        job.exit_code = exit_code
        job.failure = failure
        job.reason = reason
        self._enter(job, Status.FAILED, reason, exit_code)
        job.completed = job.updated
        self._leave(job)

    def cancel(self, task_seq: int, group: str | None) -> None:
        """Cancel the unfinished jobs of a task, or of one of its groups."""
        for job in list(self.live.values()):
            if job.batch.task_seq == task_seq and (group is None or job.batch.group == group):
                job.cancelled = True
                if job.process is not None:
                    job.process.kill()
                else:
                    self._fail(job, None, None, CANCELLED)
        # What was admitted is settled above; the rest waits in the database only. What is true of the former stays
        # true even where this request fails later and takes back the latter.
        self.flush()
        self._store.commit()
        now = self._clock.millis()
        event = json.dumps([pack_event(Status.FAILED, now, CANCELLED, None, True)], separators=(",", ":"))
        for (number,) in self._store.rows("SELECT grp FROM tally WHERE task=? AND status=0 AND count>0", task_seq):
            if group is not None and number != group_number(self._store, task_seq, group):
                continue
            hit = self._store.write(
                "UPDATE job SET status=?, updated=?, completed=?, reason=?, events=?"
                " WHERE task=? AND grp=? AND status=0",
                (int(Status.FAILED), now, now, CANCELLED, event, task_seq, number),
            ).rowcount
            count_jobs(self._store, [(task_seq, number, 0, -hit), (task_seq, number, int(Status.FAILED), hit)])

    def has_unfinished(self, task_seq: int) -> bool:
        """Whether a task has jobs that have not ended. What changed in memory must have been flushed."""
        row = self._store.row("SELECT 1 FROM job WHERE task = ? AND status < ? LIMIT 1", task_seq, int(FIRST_FINAL))
        return row is not None


def work_dir(folder: Path, asked: str | None) -> Path:
    """Where the command starts: `asked`, taken as a path below the job's own folder.

    Raises:
        ValueError: where it leads out of that folder.
    """
    if not asked:
        return folder
    target = (folder / asked.lstrip("/")).resolve()
    if not target.is_relative_to(folder):
        raise ValueError("workingDir leads out of the job's folder")
    target.mkdir(parents=True, exist_ok=True)
    return target
