# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCJobDefinition: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    read_list,
    read_surprising,
    unknown_fields,
    wire_names,
    wire_values,
)
from .architecture import Architecture, architecture_members, read_architecture
from .env_pair import EnvPair, read_env_pair
from .job_priority import JobPriority, job_priority_members, read_job_priority
from .name_value_pair import NameValuePair, read_name_value_pair


@attrs.define(kw_only=True, repr=False)
class HTCJobDefinition(Model):
    """What each job of a batch runs and what it needs. Only the image is required; the service's defaults
    for the rest are not documented.
    """

    architecture: Architecture | str | None = None
    """Processor architecture to run on."""
    claims: list[NameValuePair] | None = None
    """Claims to add to the bearer token that the jobs find in `RESCALE_HTC_BEARER_TOKEN`."""
    commands: list[str] | None = None
    """Command line of the container, one entry for each argument."""
    envs: list[EnvPair] | None = None
    """Environment variables of the container, besides those that the service sets."""
    exec_timeout_seconds: int | None = None
    """Longest run time of a job in seconds, 60 to 1209600 (14 days). A job that runs longer fails."""
    image_name: str
    """Image in the project's registry, as a repository name and optionally a tag after a colon. It must be
    READY.
    """
    max_disk_gib: int | None = None
    """Disk space of a job in GiB, 0 to 64000."""
    max_memory: int | None = None
    """Memory of a job in MiB, 4 to 235520 (230 GiB)."""
    max_swap: int | None = None
    """Swap space of a job. Deprecated, has no effect; the unit is not documented by the service."""
    max_vcpus: int | None = None
    """Number of vCPUs of a job, 1 to 64."""
    priority: JobPriority | str | None = None
    """Priority of the capacity to run on."""
    tags: dict[str, str] | None = None
    """Labels by name, for the user's own purposes."""
    working_dir: str | None = None
    """Directory in which the command starts; null for the image's own."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "architecture": "architecture",
        "claims": "claims",
        "commands": "commands",
        "envs": "envs",
        "execTimeoutSeconds": "exec_timeout_seconds",
        "imageName": "image_name",
        "maxDiskGiB": "max_disk_gib",
        "maxMemory": "max_memory",
        "maxSwap": "max_swap",
        "maxVCpus": "max_vcpus",
        "priority": "priority",
        "tags": "tags",
        "workingDir": "working_dir",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 13 else _NAMES | data
        try:
            (
                model.architecture,
                model.claims,
                model.commands,
                model.envs,
                model.exec_timeout_seconds,
                model.image_name,
                model.max_disk_gib,
                model.max_memory,
                model.max_swap,
                model.max_vcpus,
                model.priority,
                model.tags,
                model.working_dir,
            ) = _values(sent)
            model.architecture = architecture_members[model.architecture]
            model.claims = read_list(read_name_value_pair, model.claims)
            model.envs = read_list(read_env_pair, model.envs)
            model.priority = job_priority_members[model.priority]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_job_definition = model_reader(HTCJobDefinition)
_NAMES = wire_names(HTCJobDefinition)
_LAYOUTS = Layouts(HTCJobDefinition.WIRE_NAMES)
_values = itemgetter(*_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "architecture": read_architecture,
        "claims": lambda item: read_list(read_name_value_pair, item),
        "envs": lambda item: read_list(read_env_pair, item),
        "priority": read_job_priority,
    }
