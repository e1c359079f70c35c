"""Obstacles that keep jobs from starting are reported before anything is submitted."""

from __future__ import annotations

from typing import Any

import pytest

from rescalehtc import JobDefinition
from rescalehtc.exceptions import HtcPreflightError
from tests.support.both_kinds import Connect
from tests.support.memory_service import MemoryService

from .test_own_counts import TASK


def machine(**changes: Any) -> dict[str, Any]:
    row = {
        "machineType": "c7g.4xlarge",
        "region": "AWS_US_EAST_2",
        "priority": "ON_DEMAND_ECONOMY",
        "derived": {"architecture": "AARCH64", "vCPUs": 16, "memory": 32768.0},
    }
    return {**row, **changes}


@pytest.fixture
def service() -> MemoryService:
    service = MemoryService()
    service.dimensions = [machine(), machine(machineType="c7g.large", derived={"architecture": "AARCH64", "vCPUs": 2})]
    return service


@pytest.mark.parametrize(
    ("changes", "subject", "words"),
    [
        ({"max_vcpus": 32}, "max_vcpus", "c7g.4xlarge in AWS_US_EAST_2 .*has 16 vCPUs, not 32"),
        ({"architecture": "X86"}, "architecture", "is AARCH64, not X86"),
        ({"priority": "ON_DEMAND_PRIORITY"}, "priority", "has the priority ON_DEMAND_ECONOMY"),
        ({"regions": ["GCP_US_EAST_4"]}, "regions", "is not in GCP_US_EAST_4"),
        ({"cloud_provider": "GCP"}, "cloud_provider", "is not a machine of GCP"),
        ({"max_vcpus": 65}, "max_vcpus", "takes at most 64"),
        ({"max_memory_mib": 1}, "max_memory_mib", "takes at least 4"),
        ({"timeout_seconds": 10}, "timeout_seconds", "takes at least 60"),
        ({"envs": {"AWS_BATCH_X": "secret-value"}}, "envs", "reserves"),
        ({"envs": {"RESCALE_JOB_ID": "secret-value"}}, "envs", "MY_RESCALE_JOB_ID"),
    ],
)
def test_obstacles_are_refused_with_the_nearest_alternative(
    study: Any, service: MemoryService, changes: Any, subject: str, words: str
) -> None:
    jobs = JobDefinition(image_name="a:b", **changes)
    with pytest.raises(HtcPreflightError, match=words) as caught:
        study.submit(TASK, jobs)
    assert subject in {finding.subject for finding in caught.value.findings}
    assert "secret-value" not in f"{caught.value!r} {caught.value}"
    assert service.jobs == []
    assert study.submit(TASK, jobs, preflight=False).job_count == 1


@pytest.mark.parametrize("whose", ["project", "workspace"])
@pytest.mark.parametrize(
    ("vcpus", "words"), [(0, "no job can start"), (4, "limit of the {} .*Ask for at most 4|wait forever")]
)
def test_limits_that_let_no_job_start(
    connect: Connect, service: MemoryService, whose: str, vcpus: int, words: str
) -> None:
    if whose == "project":
        service.limits = [{"vCPUs": vcpus, "modifierRole": "PROJECT_ADMIN"}]
    else:
        service.workspace_limit = {"vCPUs": vcpus}
    with pytest.raises(HtcPreflightError, match=words):
        connect(service).submit(TASK, JobDefinition(image_name="a:b", max_vcpus=8))


def test_memory_is_a_hint_since_its_unit_is_not_documented(
    connect: Connect, service: MemoryService, caplog: Any
) -> None:
    connect(service).submit(TASK, JobDefinition(image_name="a:b", max_memory_mib=200_000, max_vcpus=4))
    assert "32768 MiB of memory, not 200000" in caplog.text


def test_images(connect: Connect, service: MemoryService) -> None:
    service.images = {"gone:1": [""], "new:1": ["PENDING"]}
    jobs = [JobDefinition(image_name=name) for name in ("gone:1", "new:1", "fine:1")]
    found = connect(service).preflight.preflight(TASK, jobs)
    assert [(finding.subject, finding.blocks) for finding in found] == [("image_name", True), ("image_name", False)]


def test_valid_and_unknown_resources_pass(study: Any, service: MemoryService) -> None:
    fits = JobDefinition(
        image_name="a:b", max_vcpus=16, architecture="AARCH64", priority="ON_DEMAND_ECONOMY", max_memory_mib=30000
    )
    assert study.preflight.preflight(TASK, fits) == []
    service.dimensions = [{"machineType": None, "region": None, "priority": None, "derived": None}]
    assert study.preflight.preflight(TASK, JobDefinition(image_name="a:b", max_vcpus=64)) == []
    service.dimensions = []
    assert study.preflight.preflight(TASK, JobDefinition(image_name="a:b", max_vcpus=64)) == []


def test_users_who_may_not_read_limits_can_submit(study: Any, service: MemoryService) -> None:
    real = service.answer

    def forbid(method: str, target: str, body: bytes) -> Any:
        forbidden = any(word in target for word in ("dimensions", "limits"))
        return (403, {}) if forbidden else real(method, target, body)

    service.answer = forbid  # type: ignore[method-assign]
    assert study.submit(TASK, JobDefinition(image_name="a:b", max_vcpus=64)).job_count == 1
