"""Whether jobs can be submitted and can ever start, as far as the API shows."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from rescalehtc_generated.models.htc_compute_environment import HTCComputeEnvironment
from rescalehtc_generated.models.htc_job_definition import HTCJobDefinition
from rescalehtc_generated.models.htc_retry_strategy import HTCRetryStrategy

from .._records.findings import Finding, Findings
from .._utils.wire import WireNames
from ..definitions import JobDefinition

_JOB, _RETRY = WireNames(HTCJobDefinition), WireNames(HTCRetryStrategy)
_FIELDS = {
    "max_vcpus": ("HTCJobDefinition", _JOB.max_vcpus),
    "max_memory_mib": ("HTCJobDefinition", _JOB.max_memory),
    "max_disk_gib": ("HTCJobDefinition", _JOB.max_disk_gib),
    "timeout_seconds": ("HTCJobDefinition", _JOB.exec_timeout_seconds),
    "max_retries": ("HTCRetryStrategy", _RETRY.max_retries),
}


_log = logging.getLogger("rescalehtc.preflight")


def log_hints(findings: Findings) -> None:
    """Log findings that may, but need not, keep jobs from running."""
    for finding in findings:
        _log.warning("%s", finding)


def check_fields(definition: JobDefinition) -> Iterator[Finding]:
    """What the API description forbids."""
    for attribute, place in _FIELDS.items():
        value = getattr(definition, attribute)
        schema = _schema(*place)
        low, high = schema.get("minimum"), schema.get("maximum")
        if value is not None and low is not None and value < low:
            yield Finding(attribute, f"{attribute} is {value}; the service takes at least {low}.")
        if value is not None and high is not None and value > high:
            yield Finding(attribute, f"{attribute} is {value}; the service takes at most {high}.")
    pattern = _schema("EnvPair", "name")["pattern"]
    for name in definition.envs:
        if not re.search(pattern, name):
            yield Finding(
                "envs",
                f"The environment variable {name} has a name that the service reserves. Use another, such as MY_{name}."
                if re.search(pattern, f"MY_{name}")
                else f"The environment variable {name} contains a name that the service reserves. Use another.",
            )
    regions = [str(region) for region in definition.regions or ()]
    for region in sorted({region for region in regions if regions.count(region) > 1}):
        yield Finding("regions", f"The region {region} is named more than once; name it once.")


def check_limits(definition: JobDefinition, limits: Iterable[tuple[str, int]]) -> Iterator[Finding]:
    """What the limits of project and workspace forbid; each limit with its name."""
    for name, vcpus in limits:
        if vcpus < 1:
            yield Finding("limit", f"The limit of {name} is {vcpus} vCPUs, so no job can start. Raise or delete it.")
        elif definition.max_vcpus is not None and definition.max_vcpus > vcpus:
            yield Finding(
                "limit",
                f"max_vcpus is {definition.max_vcpus}, but the limit of {name} is {vcpus} vCPUs for all jobs "
                f"together: they would wait forever. Ask for at most {vcpus}, or raise the limit.",
            )


def check_machines(definition: JobDefinition, machines: Sequence[HTCComputeEnvironment]) -> Iterator[Finding]:
    """What no machine of the project offers. Without any rows, nothing is known."""
    if not machines:
        return
    misfits = [(list(_misfits(definition, machine)), machine) for machine in machines]
    if any(not found for found, _ in misfits):
        return
    found, machine = min(misfits, key=lambda each: (sum(weight for *_, weight in each[0]), -_vcpus_of(each[1])))
    has = "; ".join(text for _, text, _, _ in found)
    blocks = any(certain for _, _, certain, _ in found)
    yield Finding(
        found[0][0],
        f"No machine of the project fits {definition.image_name}. The nearest, "
        f"{machine.machine_type or 'a machine'} in {machine.region} with {machine.priority}: {has}.",
        blocks,
    )


def _misfits(definition: JobDefinition, machine: HTCComputeEnvironment) -> Iterator[tuple[str, str, bool, float]]:
    """What a machine lacks: the attribute, the text, whether it is certain, and its weight."""
    derived = machine.derived
    if definition.priority is not None and machine.priority is not None and definition.priority != machine.priority:
        yield "priority", f"has the priority {machine.priority}, not {definition.priority}", True, 2.0
    regions = [str(region) for region in definition.regions or ()]
    if regions and machine.region is not None and machine.region not in regions:
        yield "regions", f"is not in {' or '.join(regions)}", True, 2.0
    provider = definition.cloud_provider
    if provider is not None and machine.region is not None and not str(machine.region).startswith(f"{provider}_"):
        yield "cloud_provider", f"is not a machine of {provider}", True, 2.0
    if derived is None:
        return
    architecture = definition.architecture
    if architecture is not None and derived.architecture is not None and architecture != derived.architecture:
        yield "architecture", f"is {derived.architecture}, not {architecture}", True, 3.0
    wanted, vcpus = definition.max_vcpus, derived.vcpus
    if wanted is not None and vcpus is not None and wanted > vcpus:
        yield "max_vcpus", f"has {vcpus} vCPUs, not {wanted}", True, 2 - vcpus / wanted
    memory = _mib(derived.memory, vcpus)
    if definition.max_memory_mib is not None and memory is not None and definition.max_memory_mib > memory:
        lack = 1 - memory / definition.max_memory_mib
        yield "max_memory_mib", f"has about {memory:.0f} MiB of memory, not {definition.max_memory_mib}", False, lack


def _vcpus_of(machine: HTCComputeEnvironment) -> int:
    return (machine.derived.vcpus if machine.derived else None) or 0


def _mib(memory: float | None, vcpus: int | None) -> float | None:
    """Memory of a machine. The service does not say in which unit; a machine has between 0.2 and 200 GiB per vCPU."""
    if not memory or not vcpus:
        return None
    if 0.2 <= memory / vcpus <= 200:
        return memory * 1024
    return memory if 0.2 <= memory / vcpus / 1024 <= 200 else None


def _schema(name: str, field: str) -> Mapping[str, Any]:
    return _schemas()[name]["properties"][field]


@cache
def _schemas() -> Mapping[str, Any]:
    text = files("rescalehtc_generated").joinpath("openapi.json").read_text(encoding="utf-8")
    return json.loads(text)["components"]["schemas"]
