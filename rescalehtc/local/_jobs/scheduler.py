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
from collections import deque
from collections.abc import Generator

from .admission import Admission
from .live import LiveJob
from .recorder import RETRY_INTERVAL, Recorder
from .records import INFRASTRUCTURE, Status, count_jobs, group_number, pack_event
from .runner import CANCELLED, SUCCESS, Outcome, Runner, Services
from .timers import Timers

#: Seconds, divided by the speed, that a job waits before each of the two states after submission.
PROVIDER_WAIT = 0.1

#: Waiting jobs that are cancelled before other requests get their turn.
_CANCELLED_PER_STEP = 1000

#: Real seconds that one turn may spend on starting jobs.
_TURN_BUDGET = 0.005

_log = logging.getLogger("rescalehtc.local")


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
        self._workspace_vcpus = workspace_vcpus
        self._order = itertools.count()
        self._timers = Timers()
        self._recorder = Recorder(services.store, services.clock, services.faults, self._timers)
        self._runner = Runner(
            services, self._recorder, self._timers, temporary=temporary, on_deadline=self.wake, on_end=self._ended
        )
        #: Write what has changed in memory; show it, too. The caller commits.
        self.flush, self.refresh = self._recorder.flush, self._recorder.refresh
        self._recover()

    def _recover(self) -> None:
        """Begin with what the database holds."""
        self._recorder.recover()
        self.live: dict[int, LiveJob] = {}
        self.admission = Admission(self._store, self._services.batches, self._workspace_vcpus)
        #: Runnable jobs by project, which take turns.
        self._ready: dict[str, deque[LiveJob]] = {}
        self._heap: list[tuple[float, int, LiveJob]] = []

    # -- life -----------------------------------------------------------------------------------------------------

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Continue with the jobs that an earlier run of the server left, and begin."""
        self._loop = loop
        self._timers.start(loop)
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
                self._ended(job, Outcome(INFRASTRUCTURE, None, "Lost when the local server stopped"))
            elif job.status is Status.RUNNABLE:
                self._make_ready(job)
            else:
                self._step_after(job, self._clock.scaled(PROVIDER_WAIT))
        self._recorder.start_refreshing()
        self.wake()

    def halt(self) -> None:
        """Kill running jobs, and do nothing until ``resume``. In the database those jobs stay RUNNING."""
        self._timers.stop()
        self._runner.halt()
        self._recorder.flush_now()

    def resume(self) -> None:
        """Continue with what the database holds now. Jobs that are RUNNING there count as lost."""
        assert self._loop is not None
        self._recover()
        self.start(self._loop)

    @property
    def ran_jobs(self) -> bool:
        """Whether any process has been started."""
        return self._runner.began

    def wake(self) -> None:
        """Look at the jobs again soon: something has changed that may let one continue."""
        self._timers.later("turn", 0, self._take_turn)

    def submitted(self, project_id: str, batch_seq: int) -> None:
        self.admission.submitted(project_id, batch_seq)
        self.wake()

    # -- turns ----------------------------------------------------------------------------------------------------

    def _take_turn(self) -> None:
        try:
            self._move_jobs()
        except Exception:
            _log.exception("the local server could not continue with its jobs and will try again")
            self._timers.later("next", RETRY_INTERVAL, self.wake, sooner=True)

    def _move_jobs(self) -> None:
        now = self._clock.now()
        while self._heap and self._heap[0][0] <= now:
            _, _, job = heapq.heappop(self._heap)
            self._step(job)
        nearest = self._runner.kill_overdue()
        for job in self.admission.take():
            self.live[job.seq] = job
            self._step_after(job, self._clock.scaled(PROVIDER_WAIT))
        if self._ready and len(self._runner) < self.workers:
            self._start_next()
        if self._heap:
            nearest = min(nearest, self._heap[0][0])
        if nearest < float("inf"):
            self._timers.later("next", max(0.0, nearest - now), self.wake, sooner=True)

    def _start_next(self) -> None:
        """Start runnable jobs, taking the projects in turn.

        As many as a turn allows: each is written to the database first.
        """
        assert self._loop is not None
        end = self._loop.time() + _TURN_BUDGET
        while self._ready and len(self._runner) < self.workers:
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
        self._recorder.enter(job, Status.STARTING)
        if self._recorder.flush_now():
            self._runner.start(job)
        else:
            # Record first that the job runs: otherwise a killed server would run it again.
            job.status = Status.RUNNABLE
            job.events.pop()
            self._make_ready(job)
            self._timers.later("start", RETRY_INTERVAL, self.wake)

    def _skip(self, job: LiveJob) -> None:
        """End a job that has nothing to run."""
        self._recorder.enter(job, Status.STARTING)
        self._recorder.enter(job, Status.RUNNING)
        job.started = job.updated
        self._recorder.log(
            job, "[local server: the job has no commands, and images are not run here; nothing was done]"
        )
        self._end(job, SUCCESS)

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
                self._end(job, Outcome(INFRASTRUCTURE, None, "The provider is not available", may_retry=False))
            else:
                self._recorder.enter(job, Status.SUBMITTED_TO_PROVIDER)
                self._step_after(job, wait)
        elif job.status is Status.SUBMITTED_TO_PROVIDER:
            self._recorder.enter(job, Status.RUNNABLE)
            self._step(job)
        else:
            self._make_ready(job)

    # -- ending ---------------------------------------------------------------------------------------------------

    def _ended(self, job: LiveJob, outcome: Outcome) -> None:
        if outcome.succeeded or not outcome.may_retry or job.attempt >= job.batch.max_retries:
            self._end(job, outcome)
            return
        job.attempt += 1
        job.out_of_memory = job.instance_lost = False
        attempts = f"Attempt {job.attempt} of {job.batch.max_retries + 1}"
        text = f"{attempts} failed ({outcome.failure}): {outcome.reason}"
        self._recorder.enter(job, Status.RUNNABLE, text, outcome.exit_code)
        self._make_ready(job)
        self.wake()

    def _end(self, job: LiveJob, outcome: Outcome) -> None:
        job.failure, job.exit_code, job.reason = outcome.failure, outcome.exit_code, outcome.reason
        status = Status.SUCCEEDED if outcome.succeeded else Status.FAILED
        self._recorder.enter(job, status, job.reason, job.exit_code)
        job.completed = job.updated
        del self.live[job.seq]
        self.admission.leave(job)
        self._recorder.task_active(job.batch.task_seq, job.updated)
        self.wake()

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
                    self._end(job, Outcome(None, None, CANCELLED, may_retry=False))
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
