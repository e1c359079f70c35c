"""The logs of many jobs at once, so many at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from rescalehtc_generated.models.htc_job import HTCJob

from . import logs
from ._shared import HasTask
from .concurrency import Outcome
from .concurrency import for_each as for_each_async
from .concurrency import for_each_in_threads as for_each
from .results import JobResult

if TYPE_CHECKING:
    from rescalehtc_generated.client import AsyncSession, Session

__all__ = ["JobLog", "JobReference", "get_logs", "get_logs_async", "iter_logs", "iter_logs_async"]

JobReference: TypeAlias = str | JobResult | HTCJob
"""A job: its identifier, or something that has it."""

JobLog: TypeAlias = Outcome[str, list[str]]
"""The log of a job: ``item`` is the job's identifier, ``value`` its lines, ``error`` why they could not be read."""

CONCURRENCY = 16


def iter_logs(
    session: Session,
    target: HasTask,
    jobs: Iterable[JobReference],
    *,
    last_n_lines: int | None = None,
    concurrency: int = CONCURRENCY,
) -> Iterator[JobLog]:
    """The logs of many jobs in the jobs' order, each as soon as it is read.

    A log that cannot be read is no reason to stop: its outcome carries the error.

    Args:
        session: Session to use.
        target: Task of the jobs, or a submission.
        jobs: The jobs; taken as needed.
        last_n_lines: Only this many lines from the end of each log, None for all of them.
        concurrency: How many logs are read at a time.

    Raises:
        ValueError: ``concurrency`` is below 1.
    """
    names = (_name(job) for job in jobs)
    read = partial(_read, session, target, last_n_lines)
    for outcome in for_each(names, read, limit=concurrency):  # noqa: UP028 - the async form has no "yield from"
        yield outcome


async def iter_logs_async(
    session: AsyncSession,
    target: HasTask,
    jobs: Iterable[JobReference],
    *,
    last_n_lines: int | None = None,
    concurrency: int = CONCURRENCY,
) -> AsyncIterator[JobLog]:
    """The logs of many jobs with an async session; everything else is as in :func:`iter_logs`."""
    names = (_name(job) for job in jobs)
    read = partial(_read_async, session, target, last_n_lines)
    async for outcome in for_each_async(names, read, limit=concurrency):
        yield outcome


def get_logs(
    session: Session,
    target: HasTask,
    jobs: Iterable[JobReference],
    *,
    last_n_lines: int | None = None,
    concurrency: int = CONCURRENCY,
) -> dict[str, list[str]]:
    """The lines of many jobs by the jobs' identifiers; the arguments are those of :func:`iter_logs`.

    Raises:
        HtcException: One of its family, for the first log that cannot be read.
        ValueError: ``concurrency`` is below 1.
    """
    found: dict[str, list[str]] = {}
    for outcome in iter_logs(session, target, jobs, last_n_lines=last_n_lines, concurrency=concurrency):
        found[outcome.item] = outcome.result()
    return found


async def get_logs_async(
    session: AsyncSession,
    target: HasTask,
    jobs: Iterable[JobReference],
    *,
    last_n_lines: int | None = None,
    concurrency: int = CONCURRENCY,
) -> dict[str, list[str]]:
    """The lines of many jobs with an async session; everything else is as in :func:`get_logs`."""
    found: dict[str, list[str]] = {}
    async for outcome in iter_logs_async(session, target, jobs, last_n_lines=last_n_lines, concurrency=concurrency):
        found[outcome.item] = outcome.result()
    return found


def _read(session: Session, target: HasTask, number: int | None, job_id: str) -> list[str]:
    return logs.read(session, target.project_id, target.task_id, job_id, last_n_lines=number)


async def _read_async(session: AsyncSession, target: HasTask, number: int | None, job_id: str) -> list[str]:
    return await logs.read_async(session, target.project_id, target.task_id, job_id, last_n_lines=number)


def _name(job: JobReference) -> str:
    if isinstance(job, str):
        return job
    return job.job_id if isinstance(job, JobResult) else job.job_uuid
