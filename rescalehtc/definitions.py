"""What jobs shall run and need, with the units in the names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from rescalehtc_generated.models.architecture import Architecture
from rescalehtc_generated.models.cloud_provider import CloudProvider
from rescalehtc_generated.models.env_pair import EnvPair
from rescalehtc_generated.models.htc_job_definition import HTCJobDefinition
from rescalehtc_generated.models.htc_job_submit_request import HTCJobSubmitRequest
from rescalehtc_generated.models.htc_retry_strategy import HTCRetryStrategy
from rescalehtc_generated.models.job_priority import JobPriority
from rescalehtc_generated.models.name_value_pair import NameValuePair
from rescalehtc_generated.models.rescale_region import RescaleRegion
from rescalehtc_generated.models.tag import Tag

__all__ = ["INDEX_OFFSET", "JobDefinition"]

INDEX_OFFSET = "HTC_JOB_INDEX_OFFSET"
"""Environment variable with the number to add to ``AWS_BATCH_JOB_ARRAY_INDEX``, see :class:`JobDefinition`."""


def _no_string(_: object, attribute: attrs.Attribute[Sequence[str]], value: Sequence[str]) -> None:
    if isinstance(value, str):
        raise TypeError(f"{attribute.name} must be a list of arguments such as ['python', 'solve.py'], not one string")


def _not_negative(_: object, attribute: attrs.Attribute[int], value: int) -> None:
    if value < 0:
        raise ValueError(f"{attribute.name} must not be negative, it is {value}")


def _positive(_: object, attribute: attrs.Attribute[int], value: int) -> None:
    if value < 1:
        raise ValueError(f"{attribute.name} must be at least 1, it is {value}")


@attrs.frozen(kw_only=True)
class JobDefinition:
    """Any number of equal jobs. What is None is left to the service.

    The service knows batches of up to 1000 jobs and counts their indexes from 0 in each. A job finds its index
    among all ``count`` jobs as the sum of two environment variables::

        index = int(os.environ["HTC_JOB_INDEX_OFFSET"]) + int(os.environ["AWS_BATCH_JOB_ARRAY_INDEX"])

    Attributes:
        image_name: Image in the project's registry, with its tag.
        commands: Command line, one entry for each argument.
        count: Number of jobs.
        first_index: Index of the first job; with ``count=1`` a single job of a sweep can be run again.
        name: Name of the batches, for people.
        max_vcpus: vCPUs of a job.
        max_memory_mib: Memory of a job in MiB.
        max_disk_gib: Disk space of a job in GiB.
        timeout_seconds: Longest run time of a job in seconds.
        max_retries: Further attempts after a failure.
        architecture: Processor architecture.
        priority: Class of capacity.
        regions: Regions in which the jobs may run.
        cloud_provider: Cloud provider to run on.
        working_dir: Directory in which the command starts.
        envs: Environment variables by name; may hold secrets and is not shown.
        claims: Claims by name to add to the jobs' bearer token; not shown.
        tags: Labels of the jobs by name.
    """

    image_name: str
    commands: Sequence[str] = attrs.field(default=(), validator=_no_string)
    count: int = attrs.field(default=1, validator=_positive)
    first_index: int = attrs.field(default=0, validator=_not_negative)
    name: str | None = None
    max_vcpus: int | None = None
    max_memory_mib: int | None = None
    max_disk_gib: int | None = None
    timeout_seconds: int | None = None
    max_retries: int | None = None
    architecture: Architecture | str | None = None
    priority: JobPriority | str | None = None
    regions: Sequence[RescaleRegion | str] | None = None
    cloud_provider: CloudProvider | str | None = None
    working_dir: str | None = None
    envs: Mapping[str, str] = attrs.field(factory=dict[str, str], repr=False)
    claims: Mapping[str, str] = attrs.field(factory=dict[str, str], repr=False)
    tags: Mapping[str, str] = attrs.field(factory=dict[str, str])

    def batch(self, first_index: int, size: int, marker: Tag | None = None) -> HTCJobSubmitRequest:
        """The request for ``size`` of the jobs, from ``first_index`` on, as the generated model."""
        envs = {**self.envs, INDEX_OFFSET: str(first_index)}
        tags = [Tag(key=key, value=value) for key, value in self.tags.items()] + ([marker] if marker else [])
        claims = [NameValuePair(name=name, value=value) for name, value in self.claims.items()]
        return HTCJobSubmitRequest(
            batch_size=size,
            job_name=self.name,
            tags=tags or None,
            regions=None if self.regions is None else list(self.regions),
            cloud_provider=self.cloud_provider,
            retry_strategy=None if self.max_retries is None else HTCRetryStrategy(max_retries=self.max_retries),
            htc_job_definition=HTCJobDefinition(
                image_name=self.image_name,
                commands=list(self.commands) or None,
                max_vcpus=self.max_vcpus,
                max_memory=self.max_memory_mib,
                max_disk_gib=self.max_disk_gib,
                exec_timeout_seconds=self.timeout_seconds,
                architecture=self.architecture,
                priority=self.priority,
                working_dir=self.working_dir,
                envs=[EnvPair(name=name, value=value) for name, value in envs.items()],
                claims=claims or None,
            ),
        )
