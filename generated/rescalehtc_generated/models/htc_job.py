# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCJob: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any, ClassVar

import attrs

from ..types import (
    SURPRISES,
    Json,
    Layouts,
    Model,
    model_reader,
    moments,
    read_datetime,
    read_list,
    read_surprising,
    unknown_fields,
    wire_names,
    wire_values,
)
from .architecture import Architecture, architecture_members, read_architecture
from .container_details import ContainerDetails, read_container_details
from .env_pair import EnvPair, read_env_pair
from .htc_job_error_code_name import HTCJobErrorCodeName, htc_job_error_code_name_members, read_htc_job_error_code_name
from .instance_labels import InstanceLabels, read_instance_labels
from .job_execution_environment import (
    JobExecutionEnvironment,
    read_job_execution_environment,
)
from .rescale_job_status import RescaleJobStatus, read_rescale_job_status, rescale_job_status_members
from .rescale_region import RescaleRegion, read_rescale_region, rescale_region_members
from .tag import Tag, read_tag


@attrs.define(kw_only=True, repr=False)
class HTCJob(Model):
    """A job: what it was asked to run, where it ran and how it stands. Nearly any field can be null or
    missing, above all before the job starts.
    """

    architecture: Architecture | str | None = None
    """Processor architecture asked for."""
    commands: list[str] | None = None
    """Command line of the container."""
    completed_at: datetime | str | None = None
    """Time at which the job ended, null before."""
    container: ContainerDetails | None = None
    """How the container ended, null before."""
    created_at: datetime | str | None = None
    """Time at which the job was submitted."""
    created_by: str | None = None
    """Identifier of the user who submitted the job."""
    envs: list[EnvPair] | None = None
    """Environment variables of the container."""
    exec_timeout_seconds: int | None = None
    """Longest run time in seconds."""
    failure_code: HTCJobErrorCodeName | str | None = None
    """Why the job failed, null unless it did."""
    group: str | None = None
    """Group that the job was submitted under; empty or missing without one."""
    image_name: str | None = None
    """Image that the job runs."""
    instance_id: str | None = None
    """Identifier of the machine at the cloud provider, null before one is known."""
    instance_labels: InstanceLabels | None = None
    """Labels of the machine, null before one is known."""
    job_execution_environment: JobExecutionEnvironment | None = None
    """Machine that ran the job."""
    job_uuid: str
    """Identifier of the job; for a job of a batch `<parentJobId>:<index>`."""
    max_disk_gib: int | None = None
    """Disk space of the job in GiB."""
    max_gpus: int | None = None
    """Number of GPUs of the job; mostly null."""
    max_memory: int | None = None
    """Memory of the job in MiB."""
    max_swap: int | None = None
    """Swap space of the job. Deprecated, has no effect."""
    max_vcpus: int | None = None
    """Largest number of vCPUs of the job."""
    min_vcpus: int | None = None
    """Smallest number of vCPUs of the job."""
    project_id: str | None = None
    """Identifier of the project."""
    provider_job_id: str | None = None
    """Identifier of the job at the cloud provider."""
    region: RescaleRegion | str | None = None
    """Region of the job."""
    started_at: datetime | str | None = None
    """Time at which the job began to run, null before."""
    status: RescaleJobStatus | str
    """Status of the job, refreshed about every 30 seconds."""
    status_reason: str | None = None
    """Reason for the status in words. Most texts are not documented by the service."""
    tags: list[Tag] | None = None
    """Labels of the job."""
    task_id: str | None = None
    """Identifier of the task."""
    updated_at: datetime | str | None = None
    """Time of the last change."""
    workspace_id: str | None = None
    """Identifier of the workspace."""
    working_dir: str | None = None
    """Directory in which the command starts; null for the image's own."""
    rescale_project_id: str | None = None
    """Identifier of a Rescale project apart from HTC projects. Its use is not documented by the service."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "architecture": "architecture",
        "commands": "commands",
        "completedAt": "completed_at",
        "container": "container",
        "createdAt": "created_at",
        "createdBy": "created_by",
        "envs": "envs",
        "execTimeoutSeconds": "exec_timeout_seconds",
        "failureCode": "failure_code",
        "group": "group",
        "imageName": "image_name",
        "instanceId": "instance_id",
        "instanceLabels": "instance_labels",
        "jobExecutionEnvironment": "job_execution_environment",
        "jobUUID": "job_uuid",
        "maxDiskGiB": "max_disk_gib",
        "maxGpus": "max_gpus",
        "maxMemory": "max_memory",
        "maxSwap": "max_swap",
        "maxVCpus": "max_vcpus",
        "minVCpus": "min_vcpus",
        "projectId": "project_id",
        "providerJobId": "provider_job_id",
        "region": "region",
        "startedAt": "started_at",
        "status": "status",
        "statusReason": "status_reason",
        "tags": "tags",
        "taskId": "task_id",
        "updatedAt": "updated_at",
        "workspaceId": "workspace_id",
        "workingDir": "working_dir",
        "rescaleProjectId": "rescale_project_id",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 33 else _NAMES | data
        try:
            (
                model.architecture,
                model.commands,
                model.completed_at,
                model.container,
                model.created_at,
                model.created_by,
                model.envs,
                model.exec_timeout_seconds,
                model.failure_code,
                model.group,
                model.image_name,
                model.instance_id,
                model.instance_labels,
                model.job_execution_environment,
                model.job_uuid,
                model.max_disk_gib,
                model.max_gpus,
                model.max_memory,
                model.max_swap,
                model.max_vcpus,
                model.min_vcpus,
                model.project_id,
                model.provider_job_id,
                model.region,
                model.started_at,
                model.status,
                model.status_reason,
                model.tags,
                model.task_id,
                model.updated_at,
                model.workspace_id,
                model.working_dir,
                model.rescale_project_id,
            ) = _values(sent)
            model.architecture = architecture_members[model.architecture]
            model.completed_at = moments[model.completed_at]
            model.container = read_container_details(model.container)
            model.created_at = moments[model.created_at]
            model.envs = read_list(read_env_pair, model.envs)
            model.failure_code = htc_job_error_code_name_members[model.failure_code]
            model.instance_labels = read_instance_labels(model.instance_labels)
            model.job_execution_environment = read_job_execution_environment(model.job_execution_environment)
            model.region = rescale_region_members[model.region]
            model.started_at = moments[model.started_at]
            model.status = rescale_job_status_members[model.status]
            model.tags = read_list(read_tag, model.tags)
            model.updated_at = moments[model.updated_at]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_job = model_reader(HTCJob)
_NAMES = wire_names(HTCJob)
_LAYOUTS = Layouts(HTCJob.WIRE_NAMES)
_values = itemgetter(*_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "architecture": read_architecture,
        "completedAt": read_datetime,
        "container": read_container_details,
        "createdAt": read_datetime,
        "envs": lambda item: read_list(read_env_pair, item),
        "failureCode": read_htc_job_error_code_name,
        "instanceLabels": read_instance_labels,
        "jobExecutionEnvironment": read_job_execution_environment,
        "region": read_rescale_region,
        "startedAt": read_datetime,
        "status": read_rescale_job_status,
        "tags": lambda item: read_list(read_tag, item),
        "updatedAt": read_datetime,
    }
