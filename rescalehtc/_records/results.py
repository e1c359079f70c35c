"""The results of jobs that have ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any

import attrs

from rescalehtc_generated.models.htc_job import HTCJob
from rescalehtc_generated.models.htc_job_error_code_name import HTCJobErrorCodeName
from rescalehtc_generated.models.rescale_job_status import RescaleJobStatus

from .._utils.html import html_table
from ..definitions import INDEX_OFFSET
from . import statuses

_ROWS_SHOWN = 100


@attrs.frozen(kw_only=True)
class JobResult:
    """A job that has ended.

    Attributes:
        job_id: Identifier of the job.
        parent_job_id: Identifier of its batch.
        index: Index of the job among all jobs of its definition (see
            :class:`rescalehtc.definitions.JobDefinition`), or in its batch if it was submitted otherwise.
        status: Final status.
        exit_code: Exit code of the container, None if there was none.
        failure_code: Why it failed, None if it succeeded.
        status_reason: The reason in the service's words.
        group: Group of the job.
        created_at: When it was submitted.
        started_at: When it began to run.
        completed_at: When it ended.
        job: Everything the service knows about the job.
    """

    job_id: str
    parent_job_id: str
    index: int | None
    status: RescaleJobStatus | str
    exit_code: int | None
    failure_code: HTCJobErrorCodeName | str | None
    status_reason: str | None
    group: str | None
    created_at: datetime | None
    started_at: datetime | None
    completed_at: datetime | None
    job: HTCJob = attrs.field(repr=False)

    @property
    def succeeded(self) -> bool:
        """Whether it succeeded."""
        return self.status in statuses.SUCCEEDED

    @property
    def waiting_seconds(self) -> float | None:
        """Time from the submission to the start."""
        return _seconds(self.created_at, self.started_at)

    @property
    def running_seconds(self) -> float | None:
        """Time from the start to the end."""
        return _seconds(self.started_at, self.completed_at)

    @classmethod
    def of(cls, job: HTCJob) -> JobResult:
        """The result of a job."""
        parent, colon, suffix = job.job_uuid.rpartition(":")
        return cls(
            job_id=job.job_uuid,
            parent_job_id=parent if colon else job.job_uuid,
            index=_offset(job) + int(suffix) if colon and suffix.isdecimal() else None,
            status=job.status,
            exit_code=_exit_code(job),
            failure_code=job.failure_code,
            status_reason=job.status_reason,
            group=job.group,
            created_at=job.created_at,
            started_at=job.started_at,
            completed_at=job.completed_at,
            job=job,
        )

    def to_record(self) -> dict[str, Any]:
        """A flat dictionary: a row of a table."""
        columns = attrs.asdict(self, recurse=False, filter=lambda attribute, _: attribute.name != "job")
        machine = self.job.job_execution_environment
        return {
            **{name: str(value) if isinstance(value, str) else value for name, value in columns.items()},
            "waiting_seconds": self.waiting_seconds,
            "running_seconds": self.running_seconds,
            "region": None if self.job.region is None else str(self.job.region),
            "instance_type": machine.instance_type if machine else None,
            "image_name": self.job.image_name,
        }


class JobResults(list[JobResult]):
    """A list of results that renders as a table in notebooks."""

    def to_records(self) -> list[dict[str, Any]]:
        """One flat dictionary for each job, as ``pandas.DataFrame`` takes it."""
        return to_records(self)

    @property
    def failed(self) -> JobResults:
        """Those that did not succeed."""
        return JobResults(result for result in self if not result.succeeded)

    def _repr_html_(self) -> str:
        headings = ("job", "index", "status", "exit code", "failure", "started", "seconds")
        rows: list[tuple[object, ...]] = [
            (
                result.job_id,
                result.index,
                result.status,
                result.exit_code,
                result.failure_code,
                result.started_at,
                result.running_seconds,
            )
            for result in islice(self, _ROWS_SHOWN)
        ]
        return html_table(headings, rows, more=len(self) - len(rows))


@attrs.frozen
class JobFailure:
    """A failed job, as an exception reports it.

    Attributes:
        result: The job.
        last_log_lines: The last lines that it wrote, oldest first, if they were requested.
    """

    result: JobResult
    last_log_lines: list[str]

    @classmethod
    def of(cls, job: HTCJob, last_log_lines: list[str]) -> JobFailure:
        """A job with its last log lines."""
        return cls(JobResult.of(job), last_log_lines)

    def __str__(self) -> str:
        code = f", exit code {self.result.exit_code}" if self.result.exit_code is not None else ""
        head = f"{self.result.job_id}: {self.result.failure_code or self.result.status}{code}"
        return "\n".join([head, *(f"    {line}" for line in self.last_log_lines)])


def to_records(results: Iterable[JobResult]) -> list[dict[str, Any]]:
    """One flat dictionary for each job, as ``pandas.DataFrame`` takes it."""
    return [result.to_record() for result in results]


def _offset(job: HTCJob) -> int:
    for env in job.envs or ():
        if env.name == INDEX_OFFSET and env.value.isdecimal():
            return int(env.value)
    return 0


def _exit_code(job: HTCJob) -> int | None:
    # The description calls it a number, so it may come as 0.0.
    code = job.container.exit_code if job.container else None
    return None if code is None else int(code)


def _seconds(start: datetime | None, end: datetime | None) -> float | None:
    return None if start is None or end is None else (end - start).total_seconds()
