# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from datetime import datetime

from ..types import ABSENT, Model, field
from .cloud_provider import CloudProvider
from .experimental_fields import ExperimentalFields
from .htc_job_definition import HTCJobDefinition
from .htc_retry_strategy import HTCRetryStrategy
from .rescale_region import RescaleRegion
from .tag import Tag


class HTCJobSubmitRequest(Model):
    """One batch of identical jobs. Requests and responses share this form: read-only fields belong to the
    response, `regions` to the request.
    """

    batch_size: int | None = field("batchSize", default=None)
    """Number of jobs in the batch, 1 to 1000. Each finds its own index, from 0, in
    `AWS_BATCH_JOB_ARRAY_INDEX`.
    """
    cloud_provider: CloudProvider | str | None = field("cloudProvider", default=None)
    """Cloud provider to run on. The default is not documented by the service."""
    created_by: str | None = field("createdBy", default=None)
    """Identifier of the user who submitted the batch."""
    experimental: ExperimentalFields | None = field("experimental", default=None)
    """Experimental features to switch on or off."""
    group: str | None = field("group", default=None)
    """Group of the jobs, as given in the query of the call; empty or missing if there is none."""
    htc_job_definition: HTCJobDefinition = field("htcJobDefinition")
    """What each job runs and needs."""
    job_definition_name: str | None = field("jobDefinitionName", default=None)
    """Name under which the service stores the definition."""
    job_name: str | None = field("jobName", default=None)
    """Name of the batch, for people."""
    parent_job_id: str = field("parentJobId", default=ABSENT)
    """Identifier of the batch; its jobs are `<parentJobId>:<index>`."""
    project_id: str | None = field("projectId", default=None)
    """Identifier of the project."""
    regions: list[RescaleRegion | str] | None = field("regions", default=None)
    """Regions in which the jobs may run, each at most once."""
    rescale_project_id: str | None = field("rescaleProjectId", default=None)
    """Identifier of a Rescale project, not an HTC project. Its use is not documented by the service."""
    rescale_time_received: datetime | None = field("rescaleTimeReceived", default=None)
    """Time at which the service received the batch."""
    retry_strategy: HTCRetryStrategy | None = field("retryStrategy", default=None)
    """How often a failed job is tried again."""
    tags: list[Tag] | None = field("tags", default=None)
    """Labels on the jobs."""
    task_id: str | None = field("taskId", default=None)
    """Identifier of the task."""
    workspace_id: str | None = field("workspaceId", default=None)
    """Identifier of the workspace."""
