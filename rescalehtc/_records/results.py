"""The results of jobs that have ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, cast

import attrs

from rescalehtc_generated.models.env_pair import EnvPair
from rescalehtc_generated.models.htc_job import HTCJob
from rescalehtc_generated.models.htc_job_error_code_name import HTCJobErrorCodeName
from rescalehtc_generated.models.rescale_job_status import RescaleJobStatus

from .._utils.html import html_table
from ..definitions import INDEX_OFFSET, INDEXES
from . import statuses
from .odd_values import entries, integer, text

_ROWS_SHOWN = 100


_RETRYABLE_CODES = frozenset(
    {
        HTCJobErrorCodeName.ERROR_INFRASTRUCTURE_FAULT.value,
        HTCJobErrorCodeName.ERROR_INSTANCE_TERMINATION.value,
        HTCJobErrorCodeName.ERROR_PROVIDER_DOWN.value,
        HTCJobErrorCodeName.ERROR_PROVIDER_REGION_DOWN.value,
    }
)
"""The machine, the provider or the region failed, not the program."""


@attrs.frozen(kw_only=True)
class JobResult(Mapping[str, Any]):
    """A job that has ended. As a mapping it is the flat record of :meth:`to_record`, a row of a table.

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
        attempt: 1 for a job of the first submission, 2 for one of the first resubmission, and so on.
        definition: Position of the job's definition among those of its submission, None if that is not known.
        parameters: The job's own parameters, None without any.
        maybe_seen: Whether an earlier run of the program may have received this result already, because it ended while
            working on it; see :func:`rescalehtc.completion.iter_completed`.
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
    attempt: int = 1
    definition: int | None = None
    parameters: Mapping[str, Any] | None = attrs.field(default=None, repr=False)
    maybe_seen: bool = False

    @property
    def succeeded(self) -> bool:
        """Whether it succeeded."""
        return text(self.status) in statuses.SUCCEEDED

    @property
    def worth_retrying(self) -> bool:
        """Whether the job failed through no fault of its program: its machine, provider or region failed."""
        return not self.succeeded and self.failure_code in _RETRYABLE_CODES

    @property
    def waiting_seconds(self) -> float | None:
        """Time from the submission to the start."""
        return _seconds(self.created_at, self.started_at)

    @property
    def running_seconds(self) -> float | None:
        """Time from the start to the end."""
        return _seconds(self.started_at, self.completed_at)

    @classmethod
    def of(cls, job: HTCJob, **more: Any) -> JobResult:
        """The result of a job, with further attributes."""
        job_id = text(job.job_uuid)
        parent, colon, suffix = job_id.rpartition(":")
        if "index" not in more:
            position = integer(suffix) if colon else None
            more["index"] = None if position is None else _index(job, position)
        return cls(
            job_id=job_id,
            parent_job_id=parent if colon else job_id,
            status=job.status,
            exit_code=_exit_code(job),
            failure_code=job.failure_code,
            status_reason=job.status_reason,
            group=job.group,
            created_at=job.created_at,
            started_at=job.started_at,
            completed_at=job.completed_at,
            job=job,
            **more,
        )

    def to_record(self) -> dict[str, Any]:
        """A flat dictionary: a row of a table.

        Each parameter is a column of its own; if its name is taken, it gets the prefix ``parameter_``.
        """
        return {name: self[name] for name in self}

    def __getitem__(self, name: str) -> Any:
        if name in _COLUMNS:
            return _COLUMNS[name](self)
        parameters = self.parameters or {}
        own = name.removeprefix(_PREFIX)
        return parameters[own if own in _COLUMNS else name]

    def __iter__(self) -> Iterator[str]:
        yield from (_PREFIX + name if name in _COLUMNS else name for name in self.parameters or ())
        yield from _COLUMNS

    def __len__(self) -> int:
        return len(self.parameters or ()) + len(_COLUMNS)


def _text_or_value(name: str) -> Callable[[JobResult], Any]:
    def read(result: JobResult) -> Any:
        value = getattr(result, name)
        # A table would show the repr of an enum member.
        return str(value) if isinstance(value, str) else value

    return read


_PREFIX = "parameter_"
# A table of functions, because pandas asks for one value at a time.
_COLUMNS: dict[str, Callable[[JobResult], Any]] = {
    **{
        field.name: _text_or_value(field.name)
        for field in cast("tuple[attrs.Attribute[Any], ...]", attrs.fields(JobResult))
        if field.name not in ("job", "definition", "parameters", "maybe_seen")
    },
    "waiting_seconds": lambda result: result.waiting_seconds,
    "running_seconds": lambda result: result.running_seconds,
    "region": lambda result: None if result.job.region is None else str(result.job.region),
    "instance_type": lambda result: getattr(result.job.job_execution_environment, "instance_type", None),
    "image_name": lambda result: result.job.image_name,
}


class JobResults(list[JobResult]):
    """A list of results that renders as a table in notebooks; its ``repr`` stays short."""

    def __repr__(self) -> str:
        statuses = Counter(str(result.status) for result in self)
        numbers = ", ".join(f"{count} {status}" for status, count in statuses.most_common())
        return f"<JobResults: {len(self)} jobs{': ' if numbers else ''}{numbers}>"

    def to_records(self) -> list[dict[str, Any]]:
        """One flat dictionary for each job, ready for ``pandas.DataFrame``."""
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

    @property
    def worth_retrying(self) -> bool:
        """Whether the job failed through no fault of its program: its machine, provider or region failed."""
        return self.result.worth_retrying

    def __str__(self) -> str:
        code = f", exit code {self.result.exit_code}" if self.result.exit_code is not None else ""
        head = f"{self.result.job_id}: {self.result.failure_code or self.result.status}{code}"
        return "\n".join([head, *(f"    {line}" for line in self.last_log_lines)])


def to_records(results: Iterable[JobResult]) -> list[dict[str, Any]]:
    """One flat dictionary for each job, ready for ``pandas.DataFrame``."""
    return [result.to_record() for result in results]


def _index(job: HTCJob, position: int) -> int:
    for env in entries(job.envs, EnvPair):
        if env.name == INDEX_OFFSET and (offset := integer(env.value)) is not None:
            return offset + position
        if env.name == INDEXES:
            indexes = text(env.value).split(",")
            if position < len(indexes) and (index := integer(indexes[position])) is not None:
                return index
    return position


def _exit_code(job: HTCJob) -> int | None:
    return integer(getattr(job.container, "exit_code", None))


def _seconds(start: datetime | None, end: datetime | None) -> float | None:
    return None if start is None or end is None else (end - start).total_seconds()
