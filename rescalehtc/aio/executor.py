# The sync twin of this module is written by hand: it is an executor of the standard library, with a thread.
"""Runs jobs behind futures of an event loop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

from rescalehtc_generated.client import AsyncSession

from .._records.results import JobResult
from .._studies.aio.job_pool import AsyncJobPool
from .._studies.gathering import job_of
from .._studies.session_check import check_async
from .._studies.wait_rules import check_intervals, next_interval
from .._utils.protocols import HasTask
from ..definitions import JobDefinition
from .cancellation import Cancellation, cancel
from .submission import submit

__all__ = ["JobExecutor"]


class JobExecutor:
    """Jobs as awaitables; what is submitted within a moment is gathered into few batches::

        async with aio.JobExecutor(session, task) as executor:
            results = await asyncio.gather(*(executor.submit(solver, row) for row in rows))

    The arguments are those of :class:`rescalehtc.executor.JobExecutor`. Cancelling a future before its job is sent
    keeps the job from being sent.
    """

    def __init__(
        self,
        session: AsyncSession,
        task: HasTask,
        *,
        group: str | None = None,
        gather_seconds: float = 0.2,
        min_interval_seconds: float = 1.0,
        max_interval_seconds: float = 30.0,
        raise_on_failure: bool = False,
        **options: Any,
    ) -> None:
        check_async(session, "JobExecutor", task)
        check_intervals(min_interval_seconds, max_interval_seconds)
        self._session, self._task = session, task
        self._gather, self._shortest, self._longest = gather_seconds, min_interval_seconds, max_interval_seconds
        self._pool: AsyncJobPool[asyncio.Future[JobResult]] = AsyncJobPool(
            submit, session, task, group, raise_on_failure, options
        )
        self._pending: list[tuple[JobDefinition, asyncio.Future[JobResult]]] = []
        self._changed = asyncio.Event()
        self._is_shut_down = False
        self._runner: asyncio.Task[None] | None = None

    @property
    def group(self) -> str:
        """Group of the jobs."""
        return self._pool.group

    def submit(
        self, job: JobDefinition | Sequence[str], /, *parameters: Mapping[str, Any], **resources: Any
    ) -> asyncio.Future[JobResult]:
        """Run one job; see :meth:`rescalehtc.executor.JobExecutor.submit`.

        Raises:
            RuntimeError: The executor was shut down.
            TypeError: It is neither a definition nor a command line.
            ValueError: It is more than one job.
        """
        if self._is_shut_down:
            raise RuntimeError("cannot schedule new futures after shutdown")
        definition = job_of(job, parameters, resources)
        future: asyncio.Future[JobResult] = asyncio.get_running_loop().create_future()
        self._pending.append((definition, future))
        self._changed.set()
        if self._runner is None:
            self._runner = asyncio.create_task(self._run())
        return future

    async def shutdown(self, *, cancel_futures: bool = False) -> None:
        """Accept no more jobs, and return when all have ended."""
        self._is_shut_down = True
        if cancel_futures:
            for _, future in self._pending:
                future.cancel()
        self._changed.set()
        if self._runner is not None:
            await self._runner

    async def cancel_jobs(self, **options: Any) -> Cancellation:
        """Cancel all jobs that were sent, and return when they have ended.

        Raises:
            HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
        """
        return await cancel(self._session, self._task, group=self.group, **options)

    async def __aenter__(self) -> JobExecutor:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        await self.shutdown(cancel_futures=kind is not None)

    async def _run(self) -> None:
        interval, seen = self._shortest, None
        while self._pending or self._pool.outstanding.by_id or not self._is_shut_down:
            if self._pending:
                await asyncio.sleep(0 if self._is_shut_down else self._gather)
                jobs, self._pending = [job for job in self._pending if not job[1].done()], []
                if jobs:
                    await self._pool.send(jobs)
                    interval = self._shortest
            self._changed.clear()
            if self._pool.outstanding.by_id:
                counts = await self._pool.poll()
                if counts is not None:
                    interval = next_interval(interval, seen, counts, self._shortest, self._longest)
                    seen = counts
            if not self._pending and not (self._is_shut_down and not self._pool.outstanding.by_id):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), interval if self._pool.outstanding.by_id else None)
