"""Sends gathered jobs and sets the results of their futures; the executors add a thread or a task."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar

from rescalehtc_generated.api.job import list_jobs
from rescalehtc_generated.client import AsyncSession

from ..._records import statuses
from ..._records.counts import JobCounts
from ..._records.odd_values import text
from ..._records.results import JobFailure, JobResult
from ..._records.submission import Submission
from ..._utils.protocols import HasTask
from ...definitions import JobDefinition
from ...exceptions import HtcException, HtcJobsFailedError, HtcSubmissionError
from ..gathering import IDS_PER_CALL, Outstanding, Promise, gather
from .job_counts import count_jobs

F = TypeVar("F", bound=Promise)

_FAILURES = 5


class AsyncJobPool(Generic[F]):
    """The jobs of an executor, in a group of their own.

    Attributes:
        group: Group of the jobs.
        outstanding: Jobs that have not ended.
    """

    def __init__(
        self,
        submit: Callable[..., Awaitable[Submission]],
        session: AsyncSession,
        task: HasTask,
        group: str | None,
        raise_on_failure: bool,
        options: dict[str, Any],
    ) -> None:
        self._submit = submit
        self.group = group or f"rescalehtc-{uuid.uuid4().hex}"
        self.outstanding: Outstanding[F] = Outstanding()
        self._session, self._task, self._raises, self._options = session, task, raise_on_failure, options
        self._failures = 0

    async def send(self, jobs: Sequence[tuple[JobDefinition, F]]) -> None:
        """Submit jobs. Errors go to their futures."""
        kinds = gather(jobs)
        futures = [futures for _, futures in kinds]
        try:
            submission = await self._submit(
                self._session, self._task, [kind for kind, _ in kinds], group=self.group, **self._options
            )
        except HtcSubmissionError as error:
            self.outstanding.add(error.submission, futures, error)
        except BaseException as error:
            for _, future in jobs:
                if not future.done():
                    future.set_exception(error)
            if not isinstance(error, Exception):
                raise
        else:
            self.outstanding.add(submission, futures, None)

    async def poll(self) -> JobCounts | None:
        """Set the results of jobs that have ended. Returns the counts, None if they are not available now."""
        try:
            counts = await count_jobs(self._session, self._task, self.group)
            if counts.ended > self.outstanding.ended or len(self.outstanding.by_id) <= IDS_PER_CALL:
                await self._settle(counts)
        except HtcException as error:
            self._failures += 1
            if self._failures == _FAILURES:
                self.outstanding.fail(error)
                self._failures = 0
            return None
        self._failures = 0
        return counts

    async def _settle(self, counts: JobCounts) -> None:
        project_id, task_id = self._task.project_id, self._task.task_id
        if len(self.outstanding.by_id) <= counts.ended:
            calls = [
                list_jobs.call(project_id, task_id, group=self.group, job_ids=ids, page_size=IDS_PER_CALL)
                for ids in self.outstanding.ids()
            ]
        else:
            calls = [
                list_jobs.call(project_id, task_id, group=self.group, status=status)
                for status in sorted(statuses.FINAL)
                if counts.by_status.get(status)
            ]
        for call in calls:
            async for job in self._session.stream(call):
                if text(job.status) in statuses.FINAL:
                    self.outstanding.settle(JobResult.of(job), self._failure)

    def _failure(self, result: JobResult) -> HtcJobsFailedError | None:
        if result.succeeded or not self._raises:
            return None
        failure = JobFailure(result, [])
        error = HtcJobsFailedError(f"The job failed: {failure}")
        error.counts, error.failures = JobCounts({str(result.status): 1}), [failure]
        return error
