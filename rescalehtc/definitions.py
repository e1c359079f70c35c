"""What jobs run and what they need; names of attributes include the unit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

import attrs

from rescalehtc_generated.errors import HtcPayloadError
from rescalehtc_generated.models.architecture import Architecture
from rescalehtc_generated.models.cloud_provider import CloudProvider
from rescalehtc_generated.models.env_pair import EnvPair
from rescalehtc_generated.models.experimental_fields import ExperimentalFields
from rescalehtc_generated.models.htc_job_definition import HTCJobDefinition
from rescalehtc_generated.models.htc_job_submit_request import HTCJobSubmitRequest
from rescalehtc_generated.models.htc_retry_strategy import HTCRetryStrategy
from rescalehtc_generated.models.job_priority import JobPriority
from rescalehtc_generated.models.name_value_pair import NameValuePair
from rescalehtc_generated.models.rescale_region import RescaleRegion
from rescalehtc_generated.models.tag import Tag

from ._utils.arguments import check_integer, check_kind

__all__ = ["COUNT", "INDEXES", "INDEX_OFFSET", "PARAMETERS", "JobDefinition"]

INDEX_OFFSET = "HTC_JOB_INDEX_OFFSET"
"""Environment variable with the number to add to ``AWS_BATCH_JOB_ARRAY_INDEX``, see :class:`JobDefinition`."""

INDEXES = "HTC_JOB_INDEXES"
"""Environment variable with the index of each job of a batch, if they are not consecutive."""

COUNT = "HTC_JOB_COUNT"
"""Environment variable with the number of jobs of the definition."""

PARAMETERS = "HTC_JOB_PARAMETERS"
"""Environment variable with the parameters of a batch, see :mod:`rescalehtc.job_side`."""


_TEXTS = ("image_name", "name", "architecture", "priority", "cloud_provider", "working_dir", "rescale_project_id")
_NUMBERS = ("max_vcpus", "max_memory_mib", "max_disk_gib", "timeout_seconds", "max_retries")
_DICTIONARIES = ("envs", "claims", "tags", "definition_tags", "experimental", "extra")
_OPTIONAL = frozenset({*_TEXTS, *_NUMBERS, "regions", "experimental"} - {"image_name"})


def _check_list(name: str, value: object, example: str) -> None:
    found = type(value).__name__
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise HtcPayloadError(f"{name} must be a list such as {example}, not {found}.")


def _rows(table: Any) -> tuple[dict[str, Any], ...] | None:
    """The parameters of each job, from any common form of a table.

    Raises:
        HtcPayloadError: It is not a table.
    """
    if table is None:
        return None
    try:
        return _read_rows(table)
    except (TypeError, ValueError) as error:
        raise HtcPayloadError(
            "parameters must be a list of dictionaries, a dictionary of columns of equal length or a DataFrame, not "
            f"this {type(table).__name__}: {error}"
        ) from error


def _read_rows(table: Any) -> tuple[dict[str, Any], ...]:
    if isinstance(table, str | bytes):
        raise TypeError("it is text")
    if isinstance(table, Mapping):
        columns = cast("Mapping[str, Sequence[Any]]", table)
        rows: Any = (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
    elif hasattr(table, "to_dicts"):  # polars
        rows = table.to_dicts()
    elif hasattr(table, "columns") and hasattr(table, "to_dict"):  # pandas
        rows = table.to_dict("records")
    else:
        rows = table
    return tuple(dict(row) for row in rows)


def _one_for_each(definition: JobDefinition) -> int:
    return 1 if definition.parameters is None else len(definition.parameters)


@attrs.frozen(kw_only=True)
class JobDefinition:
    """One or more jobs of one kind; ``None`` uses the service default.

    The service takes batches of up to 1000 jobs and counts their indexes from 0 in each. A job finds its index
    among all ``count`` jobs as the sum of two environment variables::

        index = int(os.environ["HTC_JOB_INDEX_OFFSET"]) + int(os.environ["AWS_BATCH_JOB_ARRAY_INDEX"])

    or from :func:`rescalehtc.job_side.index`, which also handles batches with scattered indexes.

    Attributes:
        image_name: Image in the project's registry, with its tag.
        commands: Command line, one entry for each argument.
        count: Number of jobs; None for one, or for one for each of the ``parameters``.
        first_index: Index of the first job; with ``count=1`` a single job of a sweep can be run again.
        parameters: Parameters of each job: a list of dictionaries, a dictionary of columns, or a DataFrame. The values
            must be JSON. Jobs read theirs with :func:`rescalehtc.job_side.parameters`.
        uses_job_side: Whether the program finds its index with :mod:`rescalehtc.job_side`. Then jobs of any indexes
            fit into one batch when they are resubmitted. Implied by ``parameters``.
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
        definition_tags: Labels of the definition by name.
        experimental: Switches for experimental features, by API field name.
        rescale_project_id: ID of a Rescale project, which is not an HTC project.
        extra: Further fields of the request by API field name, merged last; for fields that this version does not
            know, such as ``{"htcJobDefinition": {"maxGpus": 1}}``; not shown.
    """

    image_name: str
    commands: Sequence[str] = ()
    parameters: Any = attrs.field(  # pyright: ignore[reportUnknownVariableType]
        default=None, converter=_rows, repr=False
    )
    count: int = attrs.field(default=attrs.Factory(_one_for_each, takes_self=True))
    first_index: int = 0
    uses_job_side: bool = False
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
    definition_tags: Mapping[str, str] = attrs.field(factory=dict[str, str])
    experimental: Mapping[str, bool] | None = None
    rescale_project_id: str | None = None
    extra: Mapping[str, Any] = attrs.field(factory=dict[str, Any], repr=False)

    def __attrs_post_init__(self) -> None:
        given = [
            (name, value)
            for name in (*_TEXTS, *_NUMBERS, *_DICTIONARIES, "regions")
            if (value := getattr(self, name)) is not None or name not in _OPTIONAL
        ]
        for name, value in given:
            if name in _TEXTS:
                check_kind(name, value, str, "a string")
            elif name in _NUMBERS:
                check_integer(name, value, 0)
            elif name == "regions":
                _check_list(name, value, "['AWS_US_EAST_1']")
            else:
                check_kind(name, value, Mapping, "a dictionary")
        _check_list("commands", self.commands, "['python', 'solve.py']")
        check_integer("count", self.count, 1)
        check_integer("first_index", self.first_index, 0)
        rows = self.parameters
        if rows is not None and self.first_index + self.count > len(rows):
            raise HtcPayloadError(
                f"There are parameters for {len(rows)} jobs, too few for {self.count} from index {self.first_index} on."
            )

    @property
    def takes_any_indexes(self) -> bool:
        """Whether jobs whose indexes are not consecutive fit into one batch."""
        return self.uses_job_side or self.parameters is not None

    def parameters_of(self, indexes: Iterable[int]) -> Iterator[str]:
        """The parameters of some jobs, each as one line of JSON.

        Raises:
            ValueError: They are not JSON.
        """
        rows, index = self.parameters or (), None
        try:
            for index in indexes:
                yield _to_json(rows[index])
        except (TypeError, ValueError, RecursionError) as error:
            raise HtcPayloadError(f"The parameters of job {index} are not JSON: {error}.") from error

    def batch(
        self,
        first_index: int,
        size: int,
        marker: Tag | None = None,
        *,
        indexes: Sequence[int] | None = None,
        parameters: str | None = None,
    ) -> HTCJobSubmitRequest:
        """The request for some of the jobs, as the generated model.

        Args:
            first_index: Index of the first of them.
            size: How many.
            marker: A further tag.
            indexes: Index of each of them if they are not consecutive.
            parameters: Where the jobs find their parameters.
        """
        envs = dict(self.envs)
        if indexes is None:
            envs[INDEX_OFFSET] = str(first_index)
        else:
            envs[INDEXES] = ",".join(map(str, indexes))
        envs[COUNT] = str(self.count)
        if parameters is not None:
            envs[PARAMETERS] = parameters
        tags = [Tag(key=key, value=value) for key, value in self.tags.items()] + ([marker] if marker else [])
        claims = [NameValuePair(name=name, value=value) for name, value in self.claims.items()]
        request = HTCJobSubmitRequest(
            batch_size=size,
            job_name=self.name,
            tags=tags or None,
            regions=None if self.regions is None else list(self.regions),
            cloud_provider=self.cloud_provider,
            retry_strategy=None if self.max_retries is None else HTCRetryStrategy(max_retries=self.max_retries),
            experimental=None if self.experimental is None else ExperimentalFields.from_dict(self.experimental),
            rescale_project_id=self.rescale_project_id,
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
                tags=dict(self.definition_tags) or None,
            ),
        )
        return HTCJobSubmitRequest.from_dict(_merged(request.to_dict(), self.extra)) if self.extra else request


_to_json = json.JSONEncoder(allow_nan=False, separators=(",", ":"), ensure_ascii=False).encode


def _merged(fields: dict[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """Merge further fields into the fields, object by object; the further ones win."""
    merged = dict(fields)
    for name, value in extra.items():
        old = merged.get(name)
        both = isinstance(old, dict) and isinstance(value, Mapping)
        merged[name] = _merged(cast("dict[str, Any]", old), cast("Mapping[str, Any]", value)) if both else value
    return merged
