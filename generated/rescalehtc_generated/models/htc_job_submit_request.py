# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCJobSubmitRequest: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any, ClassVar

import attrs

from ..types import (
    ABSENT,
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
from .cloud_provider import CloudProvider, cloud_provider_members, read_cloud_provider
from .experimental_fields import ExperimentalFields, read_experimental_fields
from .htc_job_definition import HTCJobDefinition, read_htc_job_definition
from .htc_retry_strategy import HTCRetryStrategy, read_htc_retry_strategy
from .rescale_region import RescaleRegion, read_rescale_region
from .tag import Tag, read_tag


@attrs.define(kw_only=True, repr=False)
class HTCJobSubmitRequest(Model):
    """One batch of equal jobs. The same form serves as request and as answer: read-only fields belong to
    the answer, `regions` to the request.
    """

    batch_size: int | None = None
    """Number of jobs in the batch, 1 to 1000. Each finds its own index, from 0, in
    `AWS_BATCH_JOB_ARRAY_INDEX`.
    """
    cloud_provider: CloudProvider | str | None = None
    """Cloud provider to run on. The default is not documented by the service."""
    created_by: str | None = None
    """Identifier of the user who submitted the batch."""
    experimental: ExperimentalFields | None = None
    """Experimental features to switch on or off."""
    group: str | None = None
    """Group of the jobs, as given in the query of the call; empty or missing without one."""
    htc_job_definition: HTCJobDefinition
    """What each job runs and needs."""
    job_definition_name: str | None = None
    """Name under which the service keeps the definition."""
    job_name: str | None = None
    """Name of the batch, for people."""
    parent_job_id: str = ABSENT
    """Identifier of the batch; its jobs are `<parentJobId>:<index>`."""
    project_id: str | None = None
    """Identifier of the project."""
    regions: list[RescaleRegion | str] | None = None
    """Regions in which the jobs may run, each at most once."""
    rescale_project_id: str | None = None
    """Identifier of a Rescale project apart from HTC projects. Its use is not documented by the service."""
    rescale_time_received: datetime | str | None = None
    """Time at which the service received the batch."""
    retry_strategy: HTCRetryStrategy | None = None
    """How often a failed job is tried again."""
    tags: list[Tag] | None = None
    """Labels on the jobs."""
    task_id: str | None = None
    """Identifier of the task."""
    workspace_id: str | None = None
    """Identifier of the workspace."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "batchSize": "batch_size",
        "cloudProvider": "cloud_provider",
        "createdBy": "created_by",
        "experimental": "experimental",
        "group": "group",
        "htcJobDefinition": "htc_job_definition",
        "jobDefinitionName": "job_definition_name",
        "jobName": "job_name",
        "parentJobId": "parent_job_id",
        "projectId": "project_id",
        "regions": "regions",
        "rescaleProjectId": "rescale_project_id",
        "rescaleTimeReceived": "rescale_time_received",
        "retryStrategy": "retry_strategy",
        "tags": "tags",
        "taskId": "task_id",
        "workspaceId": "workspace_id",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 17 else _NAMES | data
        try:
            (
                model.batch_size,
                model.cloud_provider,
                model.created_by,
                model.experimental,
                model.group,
                model.htc_job_definition,
                model.job_definition_name,
                model.job_name,
                model.parent_job_id,
                model.project_id,
                model.regions,
                model.rescale_project_id,
                model.rescale_time_received,
                model.retry_strategy,
                model.tags,
                model.task_id,
                model.workspace_id,
            ) = _values(sent)
            model.cloud_provider = cloud_provider_members[model.cloud_provider]
            model.experimental = read_experimental_fields(model.experimental)
            model.htc_job_definition = read_htc_job_definition(model.htc_job_definition)
            model.regions = read_list(read_rescale_region, model.regions)
            model.rescale_time_received = moments[model.rescale_time_received]
            model.retry_strategy = read_htc_retry_strategy(model.retry_strategy)
            model.tags = read_list(read_tag, model.tags)
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_job_submit_request = model_reader(HTCJobSubmitRequest)
_NAMES = wire_names(HTCJobSubmitRequest)
_LAYOUTS = Layouts(HTCJobSubmitRequest.WIRE_NAMES)
_values = itemgetter(*_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "cloudProvider": read_cloud_provider,
        "experimental": read_experimental_fields,
        "htcJobDefinition": read_htc_job_definition,
        "regions": lambda item: read_list(read_rescale_region, item),
        "rescaleTimeReceived": read_datetime,
        "retryStrategy": read_htc_retry_strategy,
        "tags": lambda item: read_list(read_tag, item),
    }
