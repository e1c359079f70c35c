"""Jobs and batches of jobs: submitting, looking up, statuses and logs.

:mod:`rescalehtc.submission`, :mod:`rescalehtc.waiting` and :mod:`rescalehtc.results` do the same for any number of
jobs, with types and for async sessions too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from rescalehtc_generated.models.container_details import ContainerDetails
from rescalehtc_generated.models.htc_image_status import HTCImageStatus
from rescalehtc_generated.models.htc_job import HTCJob
from rescalehtc_generated.models.htc_job_definition import HTCJobDefinition
from rescalehtc_generated.models.htc_job_submit_request import HTCJobSubmitRequest
from rescalehtc_generated.models.htc_log_event import HTCLogEvent

from . import api, logs
from ._records.odd_values import integer
from ._records.statuses import FINAL
from ._studies.compatibility import (
    LONG_AGO,
    any_status,
    identifier,
    is_fresh,
    is_missing,
    require,
    to_json,
    to_model,
    utc_now,
)
from ._studies.images import wait_for_images
from ._studies.job_request import one_batch
from ._studies.log_lines import encode_lines
from ._utils.files import replacing
from ._utils.html import html_table
from ._utils.protocols import Json
from ._utils.wire import WireNames
from .exceptions import HtcDecodeError, HtcException, HtcPayloadError
from .htctasks import HtcTask
from .logger import logger

if TYPE_CHECKING:
    from .htcsession import HtcSession

__all__ = [
    "HtcJob",
    "HtcJobBatch",
    "HtcJobList",
    "create_job_batch",
    "create_job_batch_raw",
    "create_single_job",
    "get_job_with_id",
    "get_jobs",
]

_JOB = WireNames(HTCJob)
_BATCH = WireNames(HTCJobSubmitRequest)
_DEFINITION = WireNames(HTCJobDefinition)
_CONTAINER = WireNames(ContainerDetails)

_ROWS_SHOWN = 100
_get_logs = api.get_htc_projects_tasks_jobs_logs
_NOTHING: Mapping[str, str] = MappingProxyType({})


class HtcJob:
    """A job.

    Attributes:
        json: The job as the service describes it: a plain dictionary under the names of the API. A job from
            :meth:`HtcJobBatch.to_jobs` has only its identifiers, until :meth:`get_update` fetches the rest.
        task: Task that the job belongs to.
        status_updated_at: When :meth:`get_update` last fetched the job, with time zone.
        log_lines_updated_at: When the log was last fetched, with time zone.
        log_lines_raw_inverted: The lines last fetched, newest first; None before the first fetch.
    """

    def __init__(self, json: Json, task: HtcTask) -> None:
        self.json: Json = json
        self.task = task
        self.status_updated_at: datetime = utc_now() - LONG_AGO
        self.log_lines_updated_at: datetime = utc_now() - LONG_AGO
        self.log_lines_raw_inverted: list[str] | None = None
        self._log_lines_asked: int | None = None

    def __repr__(self) -> str:
        return f"HtcJob(id={self.json.get(_JOB.job_uuid)!r}, status={self.json.get(_JOB.status)!r})"

    @property
    def project_id(self) -> str:
        """Identifier of the project."""
        return identifier(self.json, _JOB.project_id)

    @property
    def task_id(self) -> str:
        """Identifier of the task."""
        return identifier(self.json, _JOB.task_id)

    @property
    def job_id(self) -> str:
        """Identifier of the job; for a job of a batch ``<parentJobId>:<index>``."""
        return identifier(self.json, _JOB.job_uuid)

    def get_update(self, rescale: HtcSession) -> Json:
        """Fetch the job again and return its :attr:`json`.

        Fetches at most once every 15 seconds: the service refreshes statuses every 30 seconds.

        Raises:
            HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
        """
        if not is_fresh(self.status_updated_at):
            # By name, as in 1.1.0: test doubles may look at the arguments, and return the status only.
            job_id = self.job_id
            job = api.get_htc_projects_tasks_jobs(
                rescale, project_id=self.project_id, task_id=self.task_id, job_id=job_id
            )
            self.json = to_json(job)
            self.status_updated_at = utc_now()
            logger.debug("Fetched job %s", job_id)
        return self.json

    def is_still_running(self, rescale: HtcSession) -> bool:
        """Whether the job has not ended yet, after :meth:`get_update`.

        Raises:
            HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
        """
        return self.get_update(rescale).get(_JOB.status) not in FINAL

    def get_logs(self, rescale: HtcSession, last_n_lines: int | None = None) -> Iterable[str]:
        """The lines that the job wrote, oldest first.

        Holds the lines in memory, unlike :meth:`get_logs_to_file`. The same request within 15 seconds returns the
        same lines again.

        Args:
            rescale: Session to use.
            last_n_lines: Only this many lines from the end, None for all of them.

        Raises:
            HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
        """
        lines = self.log_lines_raw_inverted
        if lines is None or self._log_lines_asked != last_n_lines or not is_fresh(self.log_lines_updated_at):
            lines = self._read_logs(rescale, last_n_lines)[::-1]
            self.log_lines_raw_inverted = lines
            self._log_lines_asked = last_n_lines
            self.log_lines_updated_at = utc_now()
            logger.debug("Fetched %d log lines of job %s", len(lines), self.job_id)
        return reversed(lines)

    def get_logs_to_file(
        self, rescale: HtcSession, destination_file_path: str, last_n_lines: int | None = None
    ) -> None:
        """Write the lines that the job wrote to a file in UTF-8, oldest first.

        The log is not held in memory, and the file appears when it is complete.

        Args:
            rescale: Session to use.
            destination_file_path: File to write; one that exists is replaced.
            last_n_lines: Only this many lines from the end, None for all of them.

        Raises:
            HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
            OSError: The file cannot be written.
        """
        path = destination_file_path
        if api.get_htc_projects_tasks_jobs_logs is _get_logs:
            logs.save(rescale, self.project_id, self.task_id, self.job_id, path, last_n_lines=last_n_lines)
        else:
            with replacing(path) as file:
                file.write(encode_lines(self._read_logs(rescale, last_n_lines)))

    def _read_logs(self, rescale: HtcSession, last_n_lines: int | None) -> list[str]:
        if api.get_htc_projects_tasks_jobs_logs is _get_logs:
            return logs.read(rescale, self.project_id, self.task_id, self.job_id, last_n_lines=last_n_lines)
        # A test double of an application, as 1.1.0 would have called it.
        events = api.get_htc_projects_tasks_jobs_logs(
            rescale, project_id=self.project_id, task_id=self.task_id, job_id=self.job_id, max_items=last_n_lines
        )
        return [to_model(HTCLogEvent, event).message or "" for event in events][::-1]


class HtcJobList(list[HtcJob]):
    """A list of jobs that renders as a table in notebooks."""

    def _repr_html_(self) -> str:
        rows: list[tuple[object, ...]] = [
            (
                job.json.get(_JOB.job_uuid),
                job.json.get(_JOB.status),
                _exit_code(job.json),
                job.json.get(_JOB.failure_code),
                job.json.get(_JOB.started_at),
                job.json.get(_JOB.completed_at),
            )
            for job in islice(self, _ROWS_SHOWN)
        ]
        headings = ("job", "status", "exit code", "failure", "started", "completed")
        return html_table(headings, rows, more=len(self) - len(rows))


def _exit_code(json: Json) -> object:
    container: object = json.get(_JOB.container)
    return cast(Json, container).get(_CONTAINER.exit_code) if isinstance(container, dict) else None


class HtcJobBatch:
    """A batch of identical jobs.

    Attributes:
        json: The batch as the service returned it: a plain dictionary under the names of the API.
        task: Task that the batch was submitted to.
        batches: All batches of one call, this one first.
    """

    def __init__(self, json: Json, task: HtcTask) -> None:
        self.json: Json = json
        self.task = task
        self.batches: list[HtcJobBatch] = [self]

    def __repr__(self) -> str:
        return (
            f"HtcJobBatch(name={self.json.get(_BATCH.job_name)!r}, id={self.json.get(_BATCH.parent_job_id)!r}, "
            f"jobs={self.json.get(_BATCH.batch_size)!r})"
        )

    @property
    def project_id(self) -> str:
        """Identifier of the project."""
        return identifier(self.json, _BATCH.project_id)

    @property
    def task_id(self) -> str:
        """Identifier of the task."""
        return identifier(self.json, _BATCH.task_id)

    @property
    def group(self) -> str | None:
        """Group of the jobs, None if there is none."""
        return self.json.get(_BATCH.group) or None

    @property
    def parent_job_ids(self) -> list[str]:
        """Identifiers of the batches: :func:`rescalehtc.results.get_results` returns the results of their jobs only."""
        return [identifier(batch.json, _BATCH.parent_job_id) for batch in self.batches]

    @property
    def job_count(self) -> int:
        """Number of jobs in all batches."""
        return sum(batch._size for batch in self.batches)

    @property
    def _size(self) -> int:
        size = integer(self.json.get(_BATCH.batch_size))
        if size is None or size > sys.maxsize:
            raise HtcDecodeError(f"The service sent no usable {_BATCH.batch_size}.")
        return size

    def get_task_summary(self, rescale: HtcSession) -> Json:
        """How many jobs of the whole task are in each status; see :meth:`HtcTask.get_task_summary`.

        Raises:
            HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
        """
        return self.task.get_task_summary(rescale)

    def is_still_running(self, rescale: HtcSession) -> bool:
        """Whether any job of the whole task has not ended yet; see :meth:`HtcTask.is_still_running`.

        Raises:
            HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
        """
        return self.task.is_still_running(rescale)

    def to_jobs(self) -> list[HtcJob]:
        """The jobs of this batch, with their identifiers only; makes no call.

        Their ``json`` has ``group``, ``projectId``, ``taskId`` and ``jobUUID``.
        """
        return HtcJobList(
            HtcJob(
                {
                    _JOB.group: self.json.get(_BATCH.group),
                    _BATCH.project_id: identifier(self.json, _BATCH.project_id),
                    _BATCH.task_id: identifier(self.json, _BATCH.task_id),
                    _JOB.job_uuid: f"{identifier(self.json, _BATCH.parent_job_id)}:{index}",
                },
                self.task,
            )
            for index in range(self._size)
        )


def get_jobs(rescale: HtcSession, task: HtcTask, job_status: str = "any") -> list[HtcJob]:
    """The jobs of a task.

    Args:
        rescale: Session to use.
        task: The task.
        job_status: Only jobs in this status; ``any`` for all of them.

    Raises:
        HtcException: An argument is not acceptable, or a request fails.
    """
    require(task, HtcTask, "task")
    jobs = api.get_htc_projects_tasks_jobs(rescale, task.project_id, task.task_id)
    return HtcJobList(
        HtcJob(to_json(job), task)
        for job in jobs
        if any_status(job_status) or to_model(HTCJob, job).status == job_status
    )


def get_job_with_id(rescale: HtcSession, task: HtcTask, job_id: str) -> HtcJob | None:
    """The job with this identifier, None if there is none.

    Raises:
        HtcException: An argument is not acceptable, or the request fails for another reason.
    """
    require(task, HtcTask, "task")
    try:
        return HtcJob(
            to_json(api.get_htc_projects_tasks_jobs(rescale, task.project_id, task.task_id, job_id)),
            task,
        )
    except HtcException as error:
        if is_missing(error):
            return None
        raise


def create_single_job(
    rescale: HtcSession,
    task: HtcTask,
    priority: str,
    image_name: str,
    exec_timeout_seconds: int,
    job_name: str = "rescalehtc_default_jobname",
    max_vcpus: int = 1,
    max_memory_mib: int = 4000,
    max_swap_mib: int = 0,
    max_disk_gib: int = 10,
    job_tags: Mapping[str, str] = _NOTHING,
    batch_tags: Sequence[Any] = (),
    commands: Sequence[str] = (),
    envs: Sequence[Mapping[str, str]] = (),
    claims: Sequence[Mapping[str, str]] = (),
    architecture: str = "AARCH64",
    region: str | None = None,
) -> HtcJob:
    """Submit one job; :func:`create_job_batch` explains the arguments.

    Returns:
        The job as the service describes it right after its submission.

    Raises:
        HtcException: An argument is not acceptable, an image is not ready in time, or a request fails.
    """
    batch = create_job_batch(
        rescale=rescale,
        task=task,
        batch_size=1,
        priority=priority,
        image_name=image_name,
        exec_timeout_seconds=exec_timeout_seconds,
        job_name=job_name,
        max_vcpus=max_vcpus,
        max_memory_mib=max_memory_mib,
        max_swap_mib=max_swap_mib,
        max_disk_gib=max_disk_gib,
        job_tags=job_tags,
        batch_tags=batch_tags,
        commands=commands,
        envs=envs,
        claims=claims,
        architecture=architecture,
        region=region,
    )
    job_id = f"{identifier(batch.json, _BATCH.parent_job_id)}:0"
    return HtcJob(to_json(api.get_htc_projects_tasks_jobs(rescale, task.project_id, task.task_id, job_id)), task)


def create_job_batch(
    rescale: HtcSession,
    task: HtcTask,
    batch_size: int,
    priority: str,
    image_name: str,
    exec_timeout_seconds: int,
    job_name: str = "rescalehtc_default_jobname",
    max_vcpus: int = 1,
    max_memory_mib: int = 4000,
    max_swap_mib: int = 0,
    max_disk_gib: int = 10,
    job_tags: Mapping[str, str] = _NOTHING,
    batch_tags: Sequence[Any] = (),
    commands: Sequence[str] = (),
    envs: Sequence[Mapping[str, str]] = (),
    claims: Sequence[Mapping[str, str]] = (),
    architecture: str = "AARCH64",
    region: str | None = None,
) -> HtcJobBatch:
    """Submit a batch of identical jobs.

    Waits up to 5 minutes for an image that is still being copied to the clouds.

    Args:
        rescale: Session to use.
        task: Task to submit to.
        batch_size: Number of jobs, 1 to 1000; each finds its index, from 0, in ``AWS_BATCH_JOB_ARRAY_INDEX``.
        priority: ``ON_DEMAND_ECONOMY`` or ``ON_DEMAND_PRIORITY``.
        image_name: Image in the project's registry, with its tag.
        exec_timeout_seconds: Longest run time of a job in seconds.
        job_name: Name of the batch, for people.
        max_vcpus: vCPUs of a job.
        max_memory_mib: Memory of a job in MiB.
        max_swap_mib: Swap space in MiB; no longer has any effect.
        max_disk_gib: Disk space of a job in GiB.
        job_tags: Labels of each job by name.
        batch_tags: Labels of the batch, as ``{"key": …, "value": …}``.
        commands: Command line, one entry for each argument.
        envs: Environment variables, as ``{"name": …, "value": …}``.
        claims: Claims to add to the bearer token that the jobs find, as ``{"name": …, "value": …}``;
            :meth:`rescalehtc.bearer_token.BearerToken.get_user_claims` reads them there.
        architecture: ``AARCH64``, ``X86`` or ``A100``.
        region: Region to run in; optional if the project has only one.

    Raises:
        HtcException: An argument is not acceptable, an image is not ready in time, or a request fails.
    """
    definition: Json = {
        _DEFINITION.image_name: image_name,
        _DEFINITION.max_vcpus: max_vcpus,
        _DEFINITION.max_memory: max_memory_mib,
        _DEFINITION.max_disk_gib: max_disk_gib,
        _DEFINITION.max_swap: max_swap_mib,
        _DEFINITION.tags: dict(job_tags or {}),
        _DEFINITION.commands: commands,
        _DEFINITION.envs: envs,
        _DEFINITION.claims: claims,
        _DEFINITION.exec_timeout_seconds: exec_timeout_seconds,
        _DEFINITION.architecture: architecture,
        _DEFINITION.priority: priority,
    }
    require(task, HtcTask, "task")
    request = one_batch(task.project.json, region, batch_size, job_name, batch_tags, definition)
    return create_job_batch_raw(rescale, task, [request])


def create_job_batch_raw(rescale: HtcSession, task: HtcTask, payload: Sequence[Mapping[str, Any]]) -> HtcJobBatch:
    """Submit batches given as plain JSON, all in one call.

    Args:
        rescale: Session to use.
        task: Task to submit to.
        payload: The batches under the names of the API, up to 100.

    Returns:
        The first batch; its attribute ``batches`` holds all of them.

    Raises:
        HtcException: An argument is not acceptable, an image is not ready in time, or a request fails.
    """
    require(task, HtcTask, "task")
    try:
        images = [batch[_BATCH.htc_job_definition][_DEFINITION.image_name] for batch in payload]
    except (LookupError, TypeError) as error:
        raise HtcPayloadError(
            f"payload must be a list of batches, each with its {_DEFINITION.image_name} in {_BATCH.htc_job_definition}."
        ) from error
    find = api.get_htc_projects_container_registry_images
    wait_for_images(lambda name: to_model(HTCImageStatus, find(rescale, task.project_id, name)), images)
    accepted = api.post_htc_projects_tasks_jobs_batch(rescale, task.project_id, task.task_id, payload=payload)
    if not accepted:
        raise HtcException("The service accepted the submission without naming any batch.")
    batches = [HtcJobBatch(to_json(batch), task) for batch in accepted]
    batches[0].batches = batches
    return batches[0]
