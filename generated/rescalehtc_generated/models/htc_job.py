# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from datetime import datetime

from ..types import Model, field
from .architecture import Architecture
from .container_details import ContainerDetails
from .env_pair import EnvPair
from .htc_job_error_code_name import HTCJobErrorCodeName
from .instance_labels import InstanceLabels
from .job_execution_environment import JobExecutionEnvironment
from .rescale_job_status import RescaleJobStatus
from .rescale_region import RescaleRegion
from .tag import Tag


class HTCJob(Model):
    """A job: what it was submitted to run, where it ran and its status. Nearly any field can be null or
    missing, above all before the job starts.
    """

    architecture: Architecture | str | None = field("architecture", default=None)
    """Requested processor architecture."""
    commands: list[str] | None = field("commands", default=None)
    """Command line of the container."""
    completed_at: datetime | None = field("completedAt", default=None)
    """Time at which the job ended, null before."""
    container: ContainerDetails | None = field("container", default=None)
    """How the container ended, null before."""
    created_at: datetime | None = field("createdAt", default=None)
    """Time at which the job was submitted."""
    created_by: str | None = field("createdBy", default=None)
    """Identifier of the user who submitted the job."""
    envs: list[EnvPair] | None = field("envs", default=None)
    """Environment variables of the container."""
    exec_timeout_seconds: int | None = field("execTimeoutSeconds", default=None)
    """Longest run time in seconds."""
    failure_code: HTCJobErrorCodeName | str | None = field("failureCode", default=None)
    """Why the job failed, null unless it did."""
    group: str | None = field("group", default=None)
    """Group that the job was submitted under; empty or missing if there is none."""
    image_name: str | None = field("imageName", default=None)
    """Image that the job runs."""
    instance_id: str | None = field("instanceId", default=None)
    """Identifier of the machine at the cloud provider, null before it is known."""
    instance_labels: InstanceLabels | None = field("instanceLabels", default=None)
    """Labels of the machine, null before they are known."""
    job_execution_environment: JobExecutionEnvironment | None = field("jobExecutionEnvironment", default=None)
    """Machine that ran the job."""
    job_uuid: str = field("jobUUID")
    """Identifier of the job; for a job of a batch `<parentJobId>:<index>`."""
    max_disk_gib: int | None = field("maxDiskGiB", default=None)
    """Disk space of the job in GiB."""
    max_gpus: int | None = field("maxGpus", default=None)
    """Number of GPUs of the job; mostly null."""
    max_memory: int | None = field("maxMemory", default=None)
    """Memory of the job in MiB."""
    max_swap: int | None = field("maxSwap", default=None)
    """Swap space of the job. Deprecated, has no effect."""
    max_vcpus: int | None = field("maxVCpus", default=None)
    """Largest number of vCPUs of the job."""
    min_vcpus: int | None = field("minVCpus", default=None)
    """Smallest number of vCPUs of the job."""
    project_id: str | None = field("projectId", default=None)
    """Identifier of the project."""
    provider_job_id: str | None = field("providerJobId", default=None)
    """Identifier of the job at the cloud provider."""
    region: RescaleRegion | str | None = field("region", default=None)
    """Region of the job."""
    started_at: datetime | None = field("startedAt", default=None)
    """Time at which the job began to run, null before."""
    status: RescaleJobStatus | str = field("status")
    """Status of the job, refreshed about every 30 seconds."""
    status_reason: str | None = field("statusReason", default=None)
    """Reason for the status in words. Most texts are not documented by the service."""
    tags: list[Tag] | None = field("tags", default=None)
    """Labels of the job."""
    task_id: str | None = field("taskId", default=None)
    """Identifier of the task."""
    updated_at: datetime | None = field("updatedAt", default=None)
    """Time of the last change."""
    workspace_id: str | None = field("workspaceId", default=None)
    """Identifier of the workspace."""
    working_dir: str | None = field("workingDir", default=None)
    """Directory in which the command starts; null for the image's own."""
    rescale_project_id: str | None = field("rescaleProjectId", default=None)
    """Identifier of a Rescale project, not an HTC project. Its use is not documented by the service."""
