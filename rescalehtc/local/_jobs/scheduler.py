"""Moves jobs through their states: admission under the limits, waiting, running, retrying, ending, cancelling.

Only jobs that were admitted are held in memory; all others wait in the database. The scheduler runs in the event
loop of the server, so nothing here needs a lock.

Where the service's behaviour is not published, this module decides. An admitted job waits ``PROVIDER_WAIT`` seconds
before each of SUBMITTED_TO_PROVIDER and RUNNABLE, and in RUNNABLE for a free worker. After every failure but a
timeout, the job is tried again as often as ``retryStrategy`` allows; a new attempt begins in RUNNABLE. A job without
``commands`` has nothing to run without its image: it succeeds, and its log says so.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import json
import logging
import signal
import sqlite3
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

from .._state.clock import Clock
from .._state.files import Files, remove_folder
from .._state.store import Store
from .._wire.faults import Faults
from .admission import Admission
from .changes import Changes
from .containers import Containers, label
from .environment import Environments
from .launcher import kill_leftovers
from .live import LiveJob
from .logs import LineSplitter
from .processes import Callbacks, ExitStatus, JobProcess, Launcher, system_oom_kills
from .records import (
    INFRASTRUCTURE,
    NON_ZERO_EXIT,
    NOT_STARTED,
    OUT_OF_MEMORY,
    TIMEOUT,
    Batches,
    Status,
    count_jobs,
    group_number,
    pack_event,
)

#: Seconds, divided by the speed, that a job waits before each of the two states after submission.
PROVIDER_WAIT = 0.1
#: Seconds, divided by the speed, between two refreshes of the statuses that the API shows, as with the service.
REFRESH_INTERVAL = 30.0
#: If refreshes would come more often than this, in real seconds, statuses are visible at once instead.
_SHORTEST_REFRESH = 0.5
#: Real seconds between two checks of the memory of running jobs.
_MEMORY_INTERVAL = 0.1
#: Real seconds after which changes are written even if no request asks for them.
_FLUSH_INTERVAL = 0.05
#: Real seconds after which a failed write, for example to a full disk, is tried again.
_RETRY_INTERVAL = 0.5
#: Real seconds between two searches for processes that jobs have left behind.
_LEFTOVERS_INTERVAL = 1.0
#: Log text, in characters, that is held in memory until it is written; beyond it, jobs wait to write output.
_MAX_PENDING_LOG = 256 * 1024

#: Waiting jobs that are cancelled before other requests get their turn.
_CANCELLED_PER_STEP = 1000

#: Real seconds that one turn may spend on starting jobs.
_TURN_BUDGET = 0.005

#: Exit code of docker and podman if they could not start a container, for example because its image is missing.
_ENGINE_FAILED = 125
#: Exit code of a process that SIGKILL ended.
_KILLED = 128 + signal.SIGKILL

CANCELLED = "Cancelled by the user"

_log = logging.getLogger("rescalehtc.local")


@dataclass(slots=True)
class Services:
    """What the scheduler works with."""

    store: Store
    clock: Clock
    files: Files
    batches: Batches
    environments: Environments
    faults: Faults
    containers: Containers | None


class Scheduler:
    """All unfinished jobs of one server.

    Args:
        workers: how many jobs run at the same time.
    """

    def __init__(self, services: Services, *, workers: int, workspace_vcpus: int, temporary: bool) -> None:
        self._services = services
        self._store = services.store
        self._clock = services.clock
        self._loop: asyncio.AbstractEventLoop | None = None
        self.workers = workers
        refresh = self._clock.scaled(REFRESH_INTERVAL)
        self._refresh = refresh if refresh >= _SHORTEST_REFRESH else None
        self._changes = Changes(self._store, publish_at_once=self._refresh is None)
        self._workspace_vcpus = workspace_vcpus
        root, containers = services.files.root, services.containers
        marked = None if containers is None else (containers.program, label(root))
        self._launcher = Launcher(root, temporary=temporary, containers=marked)
        self._timers: dict[str, asyncio.Handle] = {}
        self._order = itertools.count()
        self._oom_kills = system_oom_kills()
        self._stopped = False
        #: Whether the last attempt to write failed.
        self._failing = False
        self._take_up()

    def _take_up(self) -> None:
        """Begin with what the database holds."""
        # A killed server may have recorded more than it showed.
        self._changes.publish()
        self._store.commit()
        self.live: dict[int, LiveJob] = {}
        self.admission = Admission(self._store, self._services.batches, self._workspace_vcpus)
        #: Runnable jobs by project, which take turns.
        self._ready: dict[str, deque[LiveJob]] = {}
        self._running: dict[int, LiveJob] = {}
        self._heap: list[tuple[float, int, LiveJob]] = []
        #: Runs of jobs whose leftovers were searched for once, and never.
        self._finished: tuple[set[str], set[str]] = (set(), set())

    # -- life -----------------------------------------------------------------------------------------------------

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Continue with the jobs that an earlier run of the server left, and begin."""
        self._loop = loop
        rows = self._store.rows(
            "SELECT seq, batch, idx, status, attempt, started, updated, lines, events FROM job"
            " WHERE status > 0 AND status < 5 ORDER BY seq"
        )
        for seq, batch, index, status, attempt, started, updated, lines, events in rows:
            job = LiveJob(
                seq, self._services.batches.get(batch), index, Status(status), attempt, started, updated, lines
            )
            job.events = json.loads(events) if events else []
            self.live[seq] = job
            self.admission.enter(job)
            if job.status >= Status.STARTING:
                self._attempt_failed(job, INFRASTRUCTURE, None, "Lost when the local server stopped")
            elif job.status is Status.RUNNABLE:
                self._make_ready(job)
            else:
                self._step_after(job, self._clock.scaled(PROVIDER_WAIT))
        if self._refresh is not None:
            self._later("refresh", self._refresh, self._publish)
        self.wake()

    def halt(self) -> None:
        """Kill running jobs, and do nothing until ``resume``. In the database those jobs stay RUNNING."""
        self._stopped = True
        for handle in self._timers.values():
            handle.cancel()
        self._timers.clear()
        self._launcher.stop()
        root, containers = self._services.files.root, self._services.containers
        if self.ran_jobs:
            if containers is not None:
                containers.remove_all(root)
            kill_leftovers(root)
        self._write(self._changes.flush)

    def resume(self) -> None:
        """Continue with what the database holds now. Jobs that are RUNNING there count as lost."""
        assert self._loop is not None
        self._stopped = False
        self._take_up()
        self.start(self._loop)

    @property
    def ran_jobs(self) -> bool:
        """Whether any process has been started."""
        return self._launcher.began

    def wake(self) -> None:
        """Look at the jobs again soon: something has changed that may let one continue."""
        if "turn" not in self._timers and self._loop is not None and not self._stopped:
            self._timers["turn"] = self._loop.call_soon(self._take_turn)

    def submitted(self, project_id: str, batch_seq: int) -> None:
        self.admission.submitted(project_id, batch_seq)
        self.wake()

    def _later(self, name: str, seconds: float, action: Callable[[], None], *, sooner: bool = False) -> None:
        """Call ``action`` after real ``seconds``; only once, however many calls name the same ``name``."""
        if self._loop is None or self._stopped:
            return
        if sooner and name in self._timers:
            self._timers.pop(name).cancel()
        if name not in self._timers:

            def run() -> None:
                self._timers.pop(name, None)
                action()

            self._timers[name] = self._loop.call_later(seconds, run)

    # -- writing --------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Write what has changed in memory. The caller commits."""
        self._changes.flush()

    def refresh(self) -> None:
        """Make all changes so far visible. The caller commits."""
        self._changes.flush()
        self._changes.publish()

    def _flush_now(self) -> None:
        self._write(self._changes.flush)

    def _publish(self) -> None:
        self._write(self.refresh)
        assert self._refresh is not None
        lag = self._services.faults.lag()
        self._later("refresh", self._refresh + lag, self._publish)

    def _write(self, action: Callable[[], None]) -> bool:
        """Write and commit; returns whether that succeeded. If not, it is tried again later."""
        try:
            action()
            self._store.commit()
        except sqlite3.Error as error:
            self._store.rollback()
            if not self._failing:
                _log.error("the local server cannot write and will try again: %s", error)
            self._failing = True
            self._later("flush", _RETRY_INTERVAL, self._flush_now)
            return False
        self._failing = False
        return True

    def _touch(self, job: LiveJob) -> None:
        job.updated = self._clock.millis()
        self._changes.touch(job)
        self._later("flush", _FLUSH_INTERVAL, self._flush_now)

    def _enter(self, job: LiveJob, status: Status, reason: str | None = None, exit_code: int | None = None) -> None:
        job.status = status
        self._touch(job)
        job.events.append(pack_event(status, job.updated, reason, exit_code, job.cancelled))

    def _receive(self, job: LiveJob, text: str | None) -> None:
        """Take lines that a job has written; a fault may delay them."""
        if text is None:
            return
        slow = self._services.faults.of_job("job_slow_log", job.batch.task_id, job.batch.group)
        if slow is None:
            self._write_log(job, text)
        else:
            assert self._loop is not None
            self._loop.call_later(slow.seconds, self._write_log, job, text)

    def _write_log(self, job: LiveJob, text: str) -> None:
        if not self._stopped:
            self._changes.log(job, self._clock.millis(), text)
            full = not self._has_room_for_logs()
            self._later("flush", 0 if full else _FLUSH_INTERVAL, self._flush_now, sooner=full)

    def _has_room_for_logs(self) -> bool:
        return self._changes.log_size <= _MAX_PENDING_LOG

    # -- turns ----------------------------------------------------------------------------------------------------

    def _take_turn(self) -> None:
        self._timers.pop("turn", None)
        try:
            self._move_jobs()
        except Exception:
            _log.exception("the local server could not continue with its jobs and will try again")
            self._later("next", _RETRY_INTERVAL, self.wake, sooner=True)

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
        for job in self.admission.take():
            self.live[job.seq] = job
            self._step_after(job, self._clock.scaled(PROVIDER_WAIT))
        if self._ready and len(self._running) < self.workers:
            self._start_next()
        if self._heap:
            nearest = min(nearest, self._heap[0][0])
        if nearest < float("inf"):
            self._later("next", max(0.0, nearest - now), self.wake, sooner=True)

    def _start_next(self) -> None:
        """Start runnable jobs, taking the projects in turn.

        As many as a turn allows: each is written to the database first.
        """
        assert self._loop is not None
        end = self._loop.time() + _TURN_BUDGET
        while self._ready and len(self._running) < self.workers:
            if self._loop.time() >= end:
                self.wake()
                return
            project, queue = next(iter(self._ready.items()))
            job = queue[0]
            starts = job.seq in self.live and self._starts_process(job)
            if starts and "start" in self._timers:
                return
            queue.popleft()
            del self._ready[project]
            if queue:
                self._ready[project] = queue  # behind the others
            if starts:
                self._start(job)
            elif job.seq in self.live:  # not cancelled while it waited for a worker
                self._skip(job)

    def _starts_process(self, job: LiveJob) -> bool:
        return bool(job.batch.definition.get("commands")) or self._services.containers is not None

    def _start(self, job: LiveJob) -> None:
        self._enter(job, Status.STARTING)
        if self._write(self._changes.flush):
            self._run(job)
        else:
            # Record first that the job runs: otherwise a killed server would run it again.
            job.status = Status.RUNNABLE
            job.events.pop()
            self._make_ready(job)
            self._later("start", _RETRY_INTERVAL, self.wake)

    def _skip(self, job: LiveJob) -> None:
        """End a job that has nothing to run."""
        self._enter(job, Status.STARTING)
        self._enter(job, Status.RUNNING)
        job.started = job.updated
        self._write_log(job, "[local server: the job has no commands, and images are not run here; nothing was done]")
        self._succeed(job)

    def _make_ready(self, job: LiveJob) -> None:
        self._ready.setdefault(job.batch.project_id, deque()).append(job)

    def _step_after(self, job: LiveJob, seconds: float) -> None:
        heapq.heappush(self._heap, (self._clock.now() + seconds, next(self._order), job))

    def _step(self, job: LiveJob) -> None:
        """Move a job that waits for the provider to its next state."""
        if job.seq not in self.live:
            return  # cancelled meanwhile
        faults, task, group = self._services.faults, job.batch.task_id, job.batch.group
        wait = self._clock.scaled(PROVIDER_WAIT)
        if stuck := faults.of_job("job_stuck", task, group, state=job.status.name):
            self._step_after(job, stuck.seconds)
        elif job.status is Status.SUBMITTED_TO_RESCALE:
            if faults.of_job("job_provider_down", task, group):
                self._fail(job, INFRASTRUCTURE, None, "The provider is not available")
            else:
                self._enter(job, Status.SUBMITTED_TO_PROVIDER)
                self._step_after(job, wait)
        elif job.status is Status.SUBMITTED_TO_PROVIDER:
            self._enter(job, Status.RUNNABLE)
            self._step(job)
        else:
            self._make_ready(job)

    def _leave(self, job: LiveJob) -> None:
        del self.live[job.seq]
        self.admission.leave(job)
        self._changes.task_active(job.batch.task_seq, job.updated)
        self.wake()

    # -- running --------------------------------------------------------------------------------------------------

    def _run(self, job: LiveJob) -> None:
        assert self._loop is not None
        commands: list[str] = job.batch.definition.get("commands") or []
        containers = self._services.containers
        try:
            job.folder = self._services.files.work_folder(job.run)
            if containers is None:
                folder = work_dir(job.folder, job.batch.definition.get("workingDir"))
                environment = self._services.environments.of_process(job)
            else:
                folder = job.folder
                commands = containers.command(
                    _container_name(job),
                    self._services.files.root,
                    job.batch.definition,
                    commands,
                    self._services.environments.of_service(job),
                    folder,
                )
                environment = containers.environment()
            job.splitter = LineSplitter()
            told = Callbacks(
                on_start=lambda: self._started(job),
                on_failure=lambda text: self._not_started(job, text),
                on_output=lambda data: self._receive(job, job.splitter.feed(data)),
                on_end=lambda status: self._ended(job, status),
                may_read=self._has_room_for_logs,
            )
            job.process = self._launcher.start(self._loop, job.run, commands, folder, environment, told)
        except (OSError, ValueError) as error:
            self._not_started(job, getattr(error, "strerror", None) or str(error))
            return
        self._running[job.seq] = job

    def _not_started(self, job: LiveJob, text: str) -> None:
        self._running.pop(job.seq, None)
        job.process = None
        self._clean(job)
        if job.cancelled:
            self._fail(job, None, None, CANCELLED)
            return
        commands: list[str] = job.batch.definition.get("commands") or ["image"]
        # JSON can carry lone surrogates in a name, which cannot be stored.
        reason = f"{commands[0][:200]}: {text}".encode("utf-8", "replace").decode()
        self._attempt_failed(job, NOT_STARTED, None, reason)

    def _started(self, job: LiveJob) -> None:
        assert self._loop is not None
        assert job.process is not None
        self._enter(job, Status.RUNNING)
        job.started = job.updated
        timeout: int | None = job.batch.definition.get("execTimeoutSeconds")
        if timeout is not None:
            job.deadline = self._clock.now() + timeout
            self.wake()
        # The container engine takes care of that; the process here is only the engine's client.
        if job.batch.definition.get("maxMemory") is not None and self._services.containers is None:
            self._later("memory", _MEMORY_INTERVAL, self._watch_memory)
        lost = self._services.faults.of_job("job_instance_lost", job.batch.task_id, job.batch.group)
        if lost is not None:
            self._loop.call_later(lost.seconds, self._lose_instance, job, job.process)

    def _lose_instance(self, job: LiveJob, process: JobProcess) -> None:
        if job.process is process:
            job.instance_lost = True
            process.kill()

    def _watch_memory(self) -> None:
        """Kill jobs that use more than their ``maxMemory``, as a container's memory limit would."""
        watched = False
        for job in self._running.values():
            limit: int | None = job.batch.definition.get("maxMemory")
            if limit is not None and job.process is not None:
                watched = True
                if job.process.memory() > limit:
                    job.out_of_memory = True
                    job.process.kill()
        if watched:
            self._later("memory", _MEMORY_INTERVAL, self._watch_memory)

    def _ended(self, job: LiveJob, ended: ExitStatus) -> None:
        self._receive(job, job.splitter.finish())
        del self._running[job.seq]
        job.process = None
        job.deadline = None
        assert self._loop is not None
        containers = self._services.containers
        if containers is not None and ended.killed_by is not None:
            self._loop.run_in_executor(None, containers.remove, _container_name(job))
        self._finished[1].add(job.run)
        self._later("leftovers", _LEFTOVERS_INTERVAL, self._kill_leftovers)
        self._clean(job)
        exit_code, fault = ended.exit_code, None
        if not job.cancelled:
            fault = self._services.faults.of_job("job_exit_code", job.batch.task_id, job.batch.group)
        if fault is not None:
            exit_code = fault.exit_code
        if job.cancelled:
            self._fail(job, None, exit_code, CANCELLED)
        elif job.timed_out:
            self._fail(job, TIMEOUT, exit_code, "The job ran longer than execTimeoutSeconds")
        elif job.instance_lost:
            self._attempt_failed(job, INFRASTRUCTURE, None, "The instance of the job was lost")
        elif exit_code == 0:
            self._succeed(job)
        elif containers is not None and exit_code == _ENGINE_FAILED and ended.killed_by is None:
            self._attempt_failed(job, NOT_STARTED, None, "The container could not be started; see the log")
        elif job.out_of_memory or (exit_code == _KILLED and self._kernel_was_out_of_memory()):
            self._attempt_failed(job, OUT_OF_MEMORY, exit_code, "The job exceeded its memory limit")
        else:
            reason = f"The command ended with exit code {exit_code}"
            if ended.killed_by is not None and fault is None:
                reason = f"The command was ended by signal {ended.killed_by}"
            self._attempt_failed(job, NON_ZERO_EXIT, exit_code, reason)
        self.wake()

    def _kernel_was_out_of_memory(self) -> bool:
        before, self._oom_kills = self._oom_kills, system_oom_kills()
        return self._oom_kills > before

    def _kill_leftovers(self) -> None:
        """Kill what finished jobs have left running. Twice for each: a process may start another as it dies."""
        assert self._loop is not None
        finished, self._finished = {*self._finished[0], *self._finished[1]}, (self._finished[1], set())
        self._loop.run_in_executor(None, kill_leftovers, self._services.files.root, finished)
        if self._finished[0]:
            self._later("leftovers", _LEFTOVERS_INTERVAL, self._kill_leftovers)

    def _clean(self, job: LiveJob) -> None:
        folder, job.folder = job.folder, None
        if folder is not None and self._loop is not None:
            # In another thread: a busy disk takes milliseconds even for an empty folder.
            self._loop.run_in_executor(None, remove_folder, folder)

    # -- ending ---------------------------------------------------------------------------------------------------

    def _succeed(self, job: LiveJob) -> None:
        job.exit_code = 0
        job.failure = None
        job.reason = "Completed"
        self._enter(job, Status.SUCCEEDED, job.reason, 0)
        job.completed = job.updated
        self._leave(job)

    def _attempt_failed(self, job: LiveJob, failure: str, exit_code: int | None, reason: str) -> None:
        if job.attempt < job.batch.max_retries:
            job.attempt += 1
            job.out_of_memory = job.instance_lost = False
            text = f"Attempt {job.attempt} of {job.batch.max_retries + 1} failed ({failure}): {reason}"
            self._enter(job, Status.RUNNABLE, text, exit_code)
            self._make_ready(job)
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

    def cancel(self, task_seq: int, group: str | None) -> Generator[None]:
        """Cancel the unfinished jobs of a task, or of one of its groups, a part at a time."""
        self.admission.withdraw(task_seq, group)
        kept: list[int] = []
        for job in list(self.live.values()):
            if job.batch.task_seq == task_seq and (group is None or job.batch.group == group):
                kept.append(job.seq)
                if self._services.faults.of_job("cancel_misses", job.batch.task_id, job.batch.group):
                    continue
                job.cancelled = True
                if job.process is not None:
                    job.process.kill()
                else:
                    self._fail(job, None, None, CANCELLED)
        # Admitted jobs are cancelled above; the others wait in the database only. The former stay cancelled even if
        # this request fails later and rolls back the latter.
        self.flush()
        self._store.commit()
        now = self._clock.millis()
        event = json.dumps([pack_event(Status.FAILED, now, CANCELLED, None, True)], separators=(",", ":"))
        admitted = ",".join(map(str, kept))
        (last,) = self._store.row("SELECT coalesce(max(seq), 0) FROM job")
        for (number,) in self._store.rows("SELECT grp FROM tally WHERE task=? AND status=0 AND count>0", task_seq):
            if group is not None and number != group_number(self._store, task_seq, group):
                continue
            hit = _CANCELLED_PER_STEP
            while hit == _CANCELLED_PER_STEP:
                hit = self._store.write(
                    "UPDATE job SET status=?, updated=?, completed=?, reason=?, events=? WHERE seq IN ("
                    f" SELECT seq FROM job WHERE task=? AND grp=? AND status=0 AND seq<=? AND seq NOT IN ({admitted})"
                    f" AND {self._services.batches.visible} LIMIT ?)",
                    (int(Status.FAILED), now, now, CANCELLED, event, task_seq, number, last, _CANCELLED_PER_STEP),
                ).rowcount
                count_jobs(self._store, [(task_seq, number, 0, -hit), (task_seq, number, int(Status.FAILED), hit)])
                yield


def _container_name(job: LiveJob) -> str:
    """Name of the container of one attempt of a job."""
    return f"rescalehtc-{job.batch.id}-{job.index}-{job.attempt}"


def work_dir(folder: Path, asked: str | None) -> Path:
    """Where the command starts: ``asked``, taken as a path below the job's own folder.

    Raises:
        ValueError: if it leads out of that folder.
    """
    if not asked:
        return folder
    target = (folder / asked.lstrip("/")).resolve()
    if not target.is_relative_to(folder):
        raise ValueError("workingDir leads out of the job's folder")
    target.mkdir(parents=True, exist_ok=True)
    return target
