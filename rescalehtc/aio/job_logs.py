"""The logs of many jobs, several at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import TypeAlias

from rescalehtc_generated.client import AsyncSession

from .._studies.job_references import JobReference, job_id_of
from .._studies.session_check import check_async
from .._utils.arguments import check_kind
from .._utils.protocols import HasTask
from . import logs
from .concurrency import Outcome, for_each

__all__ = ["JobLog", "JobReference", "get_logs", "iter_logs"]

JobLog: TypeAlias = Outcome[str, list[str]]
"""The log of a job: ``item`` is the ID of the job, ``value`` its lines, ``error`` why they could not be read."""

CONCURRENCY = 16


async def iter_logs(
    session: AsyncSession,
    target: HasTask,
    jobs: Iterable[JobReference],
    *,
    last_n_lines: int | None = None,
    concurrency: int = CONCURRENCY,
) -> AsyncIterator[JobLog]:
    """The logs of many jobs in the order of the jobs, each as soon as it is read.

    An error is reported with its job and does not stop the rest.

    Args:
        session: Session to use.
        target: Task of the jobs, or a submission.
        jobs: The jobs; read as needed.
        last_n_lines: Only this many lines from the end of each log, None for all of them.
        concurrency: How many logs to read at a time.

    Raises:
        ValueError: ``concurrency`` is below 1.
    """
    check_async(session, "iter_logs", target)

    async def read(job_id: str) -> list[str]:
        return await logs.read(session, target.project_id, target.task_id, job_id, last_n_lines=last_n_lines)

    async for outcome in for_each((job_id_of(job) for job in jobs), read, limit=concurrency):
        yield outcome


async def get_logs(
    session: AsyncSession,
    target: HasTask,
    jobs: Iterable[JobReference],
    *,
    last_n_lines: int | None = None,
    concurrency: int = CONCURRENCY,
) -> dict[str, list[str]]:
    """The lines of many jobs by job ID; the arguments are those of :func:`iter_logs`.

    Raises:
        HtcException: For the first log that cannot be read; see :mod:`rescalehtc.exceptions`.
        ValueError: ``concurrency`` is below 1.
    """
    check_async(session, "get_logs", target)
    check_kind("jobs", jobs, Iterable, "a list of jobs")
    found: dict[str, list[str]] = {}
    async for outcome in iter_logs(session, target, jobs, last_n_lines=last_n_lines, concurrency=concurrency):
        found[outcome.item] = outcome.result()
    return found
