"""A wait concerns the jobs of its submission only, whatever else runs in the task."""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rescalehtc import JobDefinition
from rescalehtc.exceptions import HtcJobsFailedError
from tests.support.both_kinds import Connect
from tests.support.memory_service import FINAL, STATUSES, MemoryService

TASK = SimpleNamespace(project_id="p", task_id="t")
FAST: dict[str, Any] = {"min_interval_seconds": 1e-6, "max_interval_seconds": 1e-6}
JOB = JobDefinition(image_name="a:b", count=3)


@pytest.mark.parametrize("group", [None, "shared"])
def test_failures_of_an_earlier_submission_are_not_ours(study: Any, service: MemoryService, group: str | None) -> None:
    study.submit(TASK, JobDefinition(image_name="a:b", count=2), group=group)
    for job in service.jobs:
        service.end(job, "FAILED")
    submission = study.submit(TASK, JOB, group=group)
    for job in service.jobs[2:]:
        service.end(job)
    counts = study.wait(submission, raise_on_failure=True, **FAST)
    assert (counts.total, counts.succeeded, counts.failed) == (3, 3, 0)


@pytest.mark.parametrize("group", [None, "shared"])
def test_any_waits_for_one_of_ours(study: Any, service: MemoryService, group: str | None) -> None:
    study.submit(TASK, JOB, group=group)
    for job in service.jobs:
        service.end(job)
    submission = study.submit(TASK, JOB, group=group)
    seen: list[int] = []

    def look(counts: Any) -> None:
        seen.append(counts.ended)
        if len(seen) == 3:
            service.end(service.jobs[4])

    assert study.wait(submission, until="any", on_counts=look, **FAST).ended == 1
    assert seen[:3] == [0, 0, 0]


@pytest.mark.parametrize("group", [None, "shared"])
def test_failures_named_are_ours(study: Any, service: MemoryService, group: str | None) -> None:
    study.submit(TASK, JOB, group=group)
    submission = study.submit(TASK, JOB, group=group)
    for job in service.jobs:
        service.end(job, "FAILED")
    with pytest.raises(HtcJobsFailedError, match="3 of 3 jobs failed") as caught:
        study.wait(submission, raise_on_failure=True, **FAST)
    assert {failure.result.parent_job_id for failure in caught.value.failures} == {"parent2"}


def test_a_group_of_its_own_costs_one_small_response_a_look(study: Any, service: MemoryService) -> None:
    submission = study.submit(TASK, JOB)
    service.calls.clear()
    for job in service.jobs:
        service.end(job)
    study.wait(submission, **FAST)
    assert [call for call in service.calls if not call.endswith("token")] == [
        "GET projects/p/tasks/t/group-summary-statistics"
    ]


def advance(service: MemoryService, chance: random.Random) -> None:
    """Some jobs of anyone go on, fall back, or end."""
    for job in service.jobs:
        if job.status not in FINAL and chance.random() < 0.5:
            step = chance.choice((-1, 1, 2))
            status = STATUSES[min(max(STATUSES.index(job.status) + step, 0), len(STATUSES) - 1)]
            if status in FINAL:
                service.end(job, status)
            else:
                job.status = status


@pytest.mark.slow
@settings(max_examples=120, deadline=None)
@given(
    group=st.sampled_from([None, "shared"]),
    foreign=st.lists(st.tuples(st.sampled_from([None, "shared", "else"]), st.integers(1, 4)), max_size=4),
    later=st.lists(st.tuples(st.sampled_from([None, "shared"]), st.integers(1, 3)), max_size=4),
    count=st.integers(1, 5),
    until=st.one_of(st.sampled_from(["all", "any"]), st.floats(0.01, 1)),
    resubmitted=st.booleans(),
    seed=st.integers(0, 10**6),
)
def test_counts_are_those_of_the_submission(
    connect: Connect, group: str | None, foreign: Any, later: Any, count: int, until: Any, resubmitted: bool, seed: int
) -> None:
    service, chance = MemoryService(), random.Random(seed)
    study = connect(service)

    def foreign_jobs(of_group: str | None, number: int) -> None:
        body = [{"batchSize": number, "htcJobDefinition": {"imageName": "x:y"}}]
        service._submit(body, of_group)

    for each in foreign:
        foreign_jobs(*each)
        for _ in range(chance.randrange(6)):
            advance(service, chance)
    submission = study.submit(TASK, JobDefinition(image_name="a:b", count=count), group=group)
    mine = [job for job in service.jobs if job.batch["htcJobDefinition"]["imageName"] == "a:b"]
    if resubmitted:
        while any(job.status not in FINAL for job in mine):
            advance(service, chance)
        study.resubmit(submission)
        again = [job for job in service.jobs if job.batch["htcJobDefinition"]["imageName"] == "a:b"][count:]
        mine = [job for job in mine if job.index not in {other.index for other in again}] + again
    left, looks = list(later), []

    def look(counts: Any) -> None:
        looks.append(counts)
        if left and chance.random() < 0.5:
            foreign_jobs(*left.pop())
        advance(service, chance)

    counts = study.wait(submission, until=until, on_counts=look, **FAST)
    assert all(each.total == count for each in looks)
    assert all(
        each.ended < (count if until == "all" else until if until != "any" else 1) * count for each in looks[:-1]
    )
    total = {"all": count, "any": 1}.get(until) if isinstance(until, str) else None
    assert counts.ended >= (total if total is not None else round(until * count, 6))
    if until == "all":
        assert counts.failed == sum(job.status == "FAILED" for job in mine)
        assert counts.succeeded == sum(job.status == "SUCCEEDED" for job in mine)
        assert {result.job_id for result in study.get_results(submission)} == {job.id for job in mine}
