"""Runs jobs: one process or container for each attempt, watched until it has ended, and what it leaves is cleared."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .._state.clock import Clock
from .._state.files import Files, remove_folder
from .._state.store import Store
from .._wire.faults import Faults
from .containers import Containers, label
from .environment import Environments
from .launcher import kill_leftovers
from .live import LiveJob
from .logs import LineSplitter
from .processes import Callbacks, ExitStatus, JobProcess, Launcher, system_oom_kills
from .recorder import Recorder
from .records import INFRASTRUCTURE, NON_ZERO_EXIT, NOT_STARTED, OUT_OF_MEMORY, TIMEOUT, Batches, Status
from .timers import Timers

#: Real seconds between two checks of the memory of running jobs.
_MEMORY_INTERVAL = 0.1
#: Real seconds between two searches for processes that jobs have left behind.
_LEFTOVERS_INTERVAL = 1.0

#: Exit code of docker and podman if they could not start a container, as without its image.
_ENGINE_FAILED = 125
#: Exit code of a process that SIGKILL ended.
_KILLED = 128 + 9  # Windows, where this module can be imported but not used, does not name SIGKILL

CANCELLED = "Cancelled by the user"


@dataclass(slots=True, frozen=True)
class Outcome:
    """How an attempt of a job ended."""

    #: The failure code of the service; None for a success or a cancellation.
    failure: str | None
    exit_code: int | None
    reason: str
    #: Whether a job with retries left is tried again.
    may_retry: bool = True

    @property
    def succeeded(self) -> bool:
        return self.failure is None and self.may_retry


SUCCESS = Outcome(None, 0, "Completed")


@dataclass(slots=True)
class Services:
    """What the scheduler and the runner work with."""

    store: Store
    clock: Clock
    files: Files
    batches: Batches
    environments: Environments
    faults: Faults
    #: None if jobs run as processes.
    containers: Containers | None


class Runner:
    """The jobs that run.

    Args:
        on_deadline: called when a job has got a time at which it is killed; see ``kill_overdue``.
        on_end: called when an attempt has ended.
    """

    def __init__(
        self,
        services: Services,
        recorder: Recorder,
        timers: Timers,
        *,
        temporary: bool,
        on_deadline: Callable[[], None],
        on_end: Callable[[LiveJob, Outcome], None],
    ) -> None:
        self._clock = services.clock
        self._files = services.files
        self._environments = services.environments
        self._faults = services.faults
        self._containers = services.containers
        self._recorder = recorder
        self._timers = timers
        self._on_deadline = on_deadline
        self._on_end = on_end
        root = self._files.root
        marked = None if self._containers is None else (self._containers.program, label(root))
        self._launcher = Launcher(root, temporary=temporary, containers=marked)
        self._oom_kills = system_oom_kills()
        self._running: dict[int, LiveJob] = {}
        #: Runs of jobs whose leftovers were looked for once, and never.
        self._finished: tuple[set[str], set[str]] = (set(), set())

    def __len__(self) -> int:
        return len(self._running)

    @property
    def began(self) -> bool:
        """Whether any process has been started."""
        return self._launcher.began

    def halt(self) -> None:
        """Kill all running jobs, and report none of them."""
        self._launcher.stop()
        if self.began:
            if self._containers is not None:
                self._containers.remove_all(self._files.root)
            kill_leftovers(self._files.root)
        self._running.clear()
        self._finished = (set(), set())

    def kill_overdue(self) -> float:
        """Kill what has used up its time; returns the next time on the server's clock at which something will have."""
        now, nearest = self._clock.now(), float("inf")
        for job in self._running.values():
            if job.deadline is not None and job.process is not None and not job.timed_out:
                if job.deadline <= now:
                    job.timed_out = True
                    job.process.kill()
                else:
                    nearest = min(nearest, job.deadline)
        return nearest

    def start(self, job: LiveJob) -> None:
        """Start an attempt of a job. That it starts was recorded before: a killed server would start it again."""
        commands: list[str] = job.batch.definition.get("commands") or []
        try:
            job.folder = self._files.work_folder(job.run)
            if self._containers is None:
                folder = _work_dir(job.folder, job.batch.definition.get("workingDir"))
                environment = self._environments.of_process(job)
            else:
                folder = job.folder
                commands = self._containers.command(
                    _container_name(job),
                    self._files.root,
                    job.batch.definition,
                    commands,
                    self._environments.of_service(job),
                    folder,
                )
                environment = self._containers.environment()
            job.splitter = LineSplitter()
            callbacks = Callbacks(
                on_start=lambda: self._started(job),
                on_failure=lambda text: self._not_started(job, text),
                on_output=lambda data: self._recorder.receive(job, job.splitter.feed(data)),
                on_end=lambda status: self._ended(job, status),
                may_read=self._recorder.has_room_for_logs,
            )
            loop = asyncio.get_running_loop()
            job.process = self._launcher.start(loop, job.run, commands, folder, environment, callbacks)
        except (OSError, ValueError) as error:
            self._not_started(job, getattr(error, "strerror", None) or str(error))
            return
        self._running[job.seq] = job

    def _not_started(self, job: LiveJob, text: str) -> None:
        self._forget(job)
        if job.cancelled:
            outcome = Outcome(None, None, CANCELLED, may_retry=False)
        else:
            commands: list[str] = job.batch.definition.get("commands") or ["image"]
            # JSON can carry lone surrogates in a name, which cannot be stored.
            reason = f"{commands[0][:200]}: {text}".encode("utf-8", "replace").decode()
            outcome = Outcome(NOT_STARTED, None, reason)
        self._on_end(job, outcome)

    def _started(self, job: LiveJob) -> None:
        assert job.process is not None
        self._recorder.enter(job, Status.RUNNING)
        job.started = job.updated
        timeout: int | None = job.batch.definition.get("execTimeoutSeconds")
        if timeout is not None:
            job.deadline = self._clock.now() + timeout
            self._on_deadline()
        # In a container its engine sees to that; the process here is only the engine's client.
        if job.batch.definition.get("maxMemory") is not None and self._containers is None:
            self._timers.later("memory", _MEMORY_INTERVAL, self._watch_memory)
        lost = self._faults.of_job("job_instance_lost", job.batch.task_id, job.batch.group)
        if lost is not None:
            asyncio.get_running_loop().call_later(lost.seconds, self._lose_instance, job, job.process)

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
            self._timers.later("memory", _MEMORY_INTERVAL, self._watch_memory)

    def _ended(self, job: LiveJob, ended: ExitStatus) -> None:
        self._recorder.receive(job, job.splitter.finish())
        if self._containers is not None and ended.killed_by is not None:
            asyncio.get_running_loop().run_in_executor(None, self._containers.remove, _container_name(job))
        self._finished[1].add(job.run)
        self._timers.later("leftovers", _LEFTOVERS_INTERVAL, self._kill_leftovers)
        self._forget(job)
        self._on_end(job, self._outcome(job, ended))

    def _outcome(self, job: LiveJob, ended: ExitStatus) -> Outcome:
        exit_code = ended.exit_code
        if job.cancelled:
            return Outcome(None, exit_code, CANCELLED, may_retry=False)
        fault = self._faults.of_job("job_exit_code", job.batch.task_id, job.batch.group)
        if fault is not None:
            exit_code = fault.exit_code
        if job.timed_out:
            return Outcome(TIMEOUT, exit_code, "The job ran longer than execTimeoutSeconds", may_retry=False)
        if job.instance_lost:
            return Outcome(INFRASTRUCTURE, None, "The instance of the job was lost")
        if exit_code == 0:
            return SUCCESS
        if self._containers is not None and exit_code == _ENGINE_FAILED and ended.killed_by is None:
            return Outcome(NOT_STARTED, None, "The container could not be started; see the log")
        if job.out_of_memory or (exit_code == _KILLED and self._kernel_was_out_of_memory()):
            return Outcome(OUT_OF_MEMORY, exit_code, "The job used more memory than it may")
        reason = f"The command ended with exit code {exit_code}"
        if ended.killed_by is not None and fault is None:
            reason = f"The command was ended by signal {ended.killed_by}"
        return Outcome(NON_ZERO_EXIT, exit_code, reason)

    def _kernel_was_out_of_memory(self) -> bool:
        before, self._oom_kills = self._oom_kills, system_oom_kills()
        return self._oom_kills > before

    def _kill_leftovers(self) -> None:
        """Kill what finished jobs have left running. Twice for each: what it kills may just be starting another."""
        finished, self._finished = {*self._finished[0], *self._finished[1]}, (self._finished[1], set())
        asyncio.get_running_loop().run_in_executor(None, kill_leftovers, self._files.root, finished)
        if self._finished[0]:
            self._timers.later("leftovers", _LEFTOVERS_INTERVAL, self._kill_leftovers)

    def _forget(self, job: LiveJob) -> None:
        self._running.pop(job.seq, None)
        job.process = job.deadline = None
        folder, job.folder = job.folder, None
        if folder is not None:
            # Not in this thread: a busy disk takes milliseconds even for an empty folder.
            asyncio.get_running_loop().run_in_executor(None, remove_folder, folder)


def _container_name(job: LiveJob) -> str:
    """Name of the container of one attempt of a job."""
    return f"rescalehtc-{job.batch.id}-{job.index}-{job.attempt}"


def _work_dir(folder: Path, asked: str | None) -> Path:
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
