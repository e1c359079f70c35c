# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCJob: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from ..types import (
    ABSENT,
    UNUSUAL,
    Json,
    Layouts,
    Model,
    model_reader,
    moments,
    read_list,
    read_unusual,
    unknown_fields,
    wire_values,
)
from .architecture import Architecture, read_architecture
from .container_details import ContainerDetails, read_container_details
from .env_pair import EnvPair, read_env_pair
from .htc_job_error_code_name import HTCJobErrorCodeName, read_htc_job_error_code_name
from .instance_labels import InstanceLabels, read_instance_labels
from .job_execution_environment import JobExecutionEnvironment, read_job_execution_environment
from .rescale_job_status import RescaleJobStatus, read_rescale_job_status
from .rescale_region import RescaleRegion, read_rescale_region
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
    """Group that the job was submitted under, null without one."""
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
        get = data.get
        model = cls.__new__(cls)
        model.architecture = read_architecture(get("architecture"))
        model.commands = get("commands")
        model.container = read_container_details(get("container"))
        model.created_by = get("createdBy")
        model.envs = read_list(read_env_pair, get("envs"))
        model.exec_timeout_seconds = get("execTimeoutSeconds")
        model.failure_code = read_htc_job_error_code_name(get("failureCode"))
        model.group = get("group")
        model.image_name = get("imageName")
        model.instance_id = get("instanceId")
        model.instance_labels = read_instance_labels(get("instanceLabels"))
        model.job_execution_environment = read_job_execution_environment(get("jobExecutionEnvironment"))
        model.job_uuid = get("jobUUID", ABSENT)
        model.max_disk_gib = get("maxDiskGiB")
        model.max_gpus = get("maxGpus")
        model.max_memory = get("maxMemory")
        model.max_swap = get("maxSwap")
        model.max_vcpus = get("maxVCpus")
        model.min_vcpus = get("minVCpus")
        model.project_id = get("projectId")
        model.provider_job_id = get("providerJobId")
        model.region = read_rescale_region(get("region"))
        model.status = read_rescale_job_status(get("status", ABSENT))
        model.status_reason = get("statusReason")
        model.tags = read_list(read_tag, get("tags"))
        model.task_id = get("taskId")
        model.workspace_id = get("workspaceId")
        model.working_dir = get("workingDir")
        model.rescale_project_id = get("rescaleProjectId")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        try:
            model.completed_at = moments[get("completedAt")]
            model.created_at = moments[get("createdAt")]
            model.started_at = moments[get("startedAt")]
            model.updated_at = moments[get("updatedAt")]
        except UNUSUAL:
            read_unusual(model, data, _TIMESTAMPS)
        return model


read_htc_job = model_reader(HTCJob)
_LAYOUTS = Layouts(HTCJob.WIRE_NAMES)
_TIMESTAMPS = (
    "completedAt",
    "createdAt",
    "startedAt",
    "updatedAt",
)
