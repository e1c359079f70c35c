"""Runs jobs through the executor interface of the standard library, for programs that work with futures."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from time import monotonic
from typing import Any

from rescalehtc_generated.client import Session

from ._records.results import JobResult
from ._studies.gathering import job_of
from ._studies.job_pool import JobPool
from ._studies.session_check import check_sync
from ._studies.wait_rules import check_intervals, next_interval
from ._utils.protocols import HasTask
from .cancellation import Cancellation, cancel
from .definitions import JobDefinition
from .submission import submit

__all__ = ["JobExecutor"]


class JobExecutor(Executor):
    """An executor whose calls are jobs.

    Jobs that are submitted within a moment are gathered into few batches: identical jobs, and jobs that differ only
    by their parameters, share one. A future can be cancelled until its job is sent; after that, it is running::

        with JobExecutor(session, task) as executor:
            futures = [executor.submit(["solve", case], image_name="solver:v2", max_vcpus=2) for case in cases]
            for future in as_completed(futures):
                print(future.result().exit_code)

            for result in executor.map(JobDefinition(image_name="solver:v2", commands=["solve"]), rows):
                print(result.parameters, result.status)

    Args:
        session: Session to use.
        task: Task to run the jobs in.
        group: Group of the jobs, which nothing else should use; None makes one.
        gather_seconds: How long to wait for further jobs after the first.
        min_interval_seconds: Shortest time between two calls for the counts.
        max_interval_seconds: Longest time between two calls.
        raise_on_failure: Whether the future of a failed job raises ``HtcJobsFailedError`` instead of returning the
            result.
        **options: Further arguments of :func:`rescalehtc.submission.submit`.
    """

    def __init__(
        self,
        session: Session,
        task: HasTask,
        *,
        group: str | None = None,
        gather_seconds: float = 0.2,
        min_interval_seconds: float = 1.0,
        max_interval_seconds: float = 30.0,
        raise_on_failure: bool = False,
        **options: Any,
    ) -> None:
        check_sync(session, "JobExecutor", task)
        check_intervals(min_interval_seconds, max_interval_seconds)
        self._session, self._task = session, task
        self._gather, self._shortest, self._longest = gather_seconds, min_interval_seconds, max_interval_seconds
        self._pool: JobPool[Future[JobResult]] = JobPool(submit, session, task, group, raise_on_failure, options)
        self._pending: list[tuple[JobDefinition, Future[JobResult]]] = []
        self._changed = threading.Condition()
        self._is_shut_down = False
        self._thread: threading.Thread | None = None

    @property
    def group(self) -> str:
        """Group of the jobs."""
        return self._pool.group

    def submit(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, job: JobDefinition | Sequence[str], /, *parameters: Mapping[str, Any], **resources: Any
    ) -> Future[JobResult]:
        """Run one job.

        Args:
            job: Its definition, or its command line with the definition's other attributes as keywords.
            *parameters: At most one dictionary: the job's own parameters.
            **resources: Attributes of the definition for a command line.

        Raises:
            RuntimeError: The executor was shut down.
            TypeError: It is neither a definition nor a command line.
            ValueError: It is more than one job.
        """
        definition = job_of(job, parameters, resources)
        future: Future[JobResult] = Future()
        with self._changed:
            if self._is_shut_down:
                raise RuntimeError("cannot schedule new futures after shutdown")
            self._pending.append((definition, future))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="rescalehtc-executor", daemon=True)
                self._thread.start()
            self._changed.notify_all()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Accept no more jobs.

        Args:
            wait: Return when all jobs have ended.
            cancel_futures: Cancel the futures of jobs that have not been sent. See :meth:`cancel_jobs` for the others.
        """
        with self._changed:
            self._is_shut_down = True
            if cancel_futures:
                for _, future in self._pending:
                    future.cancel()
            self._changed.notify_all()
            thread = self._thread
        if wait and thread is not None and thread is not threading.current_thread():
            thread.join()

    def cancel_jobs(self, **options: Any) -> Cancellation:
        """Cancel all jobs that were sent, and return when they have ended; see :func:`rescalehtc.cancellation.cancel`.

        Raises:
            HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
        """
        return cancel(self._session, self._task, group=self.group, **options)

    def _run(self) -> None:
        interval, seen = self._shortest, None
        while True:
            jobs = self._take(interval)
            if jobs is None:
                return
            if jobs:
                self._pool.send(jobs)
                interval = self._shortest
            if self._pool.outstanding.by_id:
                counts = self._pool.poll()
                if counts is not None:
                    interval = next_interval(interval, seen, counts, self._shortest, self._longest)
                    seen = counts

    def _take(self, interval: float) -> list[tuple[JobDefinition, Future[JobResult]]] | None:
        """The jobs to send now; none if it is time to look at the others; None if there is nothing more to do."""
        with self._changed:
            self._wait_for(lambda: self._pending or self._is_shut_down, interval)
            if self._pending:
                self._wait_for(lambda: self._is_shut_down, self._gather)
            elif self._is_shut_down and self._pool.outstanding.by_id:
                self._wait_for(lambda: False, interval)
            elif self._is_shut_down:
                return None
            jobs, self._pending = self._pending, []
            return [(job, future) for job, future in jobs if future.set_running_or_notify_cancel()]

    def _wait_for(self, condition: Callable[[], Any], seconds: float) -> None:
        end = monotonic() + seconds
        # Without jobs there is nothing to look at: sleep until there is a change.
        while not condition():
            left = end - monotonic() if self._pool.outstanding.by_id or self._pending else None
            if left is not None and left <= 0:
                return
            self._changed.wait(left)
