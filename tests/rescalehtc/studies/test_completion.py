"""Each result once, as jobs end; after a crash, the iteration continues where it stopped."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rescalehtc import JobDefinition
from rescalehtc.exceptions import HtcJournalError, HtcWaitTimeoutError
from tests.support.both_kinds import Connect
from tests.support.memory_service import MemoryService

from .test_own_counts import FAST, TASK, advance

pytestmark = pytest.mark.slow


def jobs(count: int) -> JobDefinition:
    return JobDefinition(image_name="a:b", count=count)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 300), st.sampled_from([None, "shared"]), st.integers(0, 10**6))
def test_every_result_once(connect: Connect, count: int, group: str | None, seed: int) -> None:
    service, chance = MemoryService(), random.Random(seed)
    study = connect(service)
    study.submit(TASK, jobs(3), group=group)
    submission = study.submit(TASK, jobs(count), group=group, jobs_per_batch=40)
    found = study.iter_completed(submission, on_counts=lambda counts: advance(service, chance), **FAST)
    ids = Counter(result.job_id for result in found)
    assert ids == Counter(submission.job_ids)


def test_soon_and_in_order_of_completion(study: Any, service: MemoryService) -> None:
    submission = study.submit(TASK, jobs(5))
    for index in (3, 1):
        service.end(service.jobs[index])
    results = study.iter_completed(submission, **FAST)
    assert [next(results).index, next(results).index] == [3, 1]
    service.end(service.jobs[4])
    assert next(results).index == 4
    for index in (2, 0):
        service.end(service.jobs[index])
    assert [result.index for result in results] == [2, 0]


def test_few_calls_for_many_jobs(study: Any, service: MemoryService) -> None:
    submission = study.submit(TASK, jobs(5000))
    for job in service.jobs[:-1]:
        service.end(job)
    results = study.iter_completed(submission, page_size=1000, **FAST)
    for _ in range(4999):
        next(results)
    service.end(service.jobs[-1])
    service.calls.clear()
    assert len(list(results)) == 1
    assert service.called("/jobs") == 1


def test_the_result_of_a_new_attempt_follows(study: Any, service: MemoryService) -> None:
    submission = study.submit(TASK, jobs(3))
    service.end(service.jobs[0], "FAILED")
    for job in service.jobs[1:]:
        service.end(job)
    found: list[tuple[Any, ...]] = []
    for result in study.iter_completed(submission, **FAST):
        found.append((result.index, result.attempt))
        if not result.succeeded:
            study.resubmit(submission)
            service.end(service.jobs[-1])
    assert sorted(found) == [(0, 1), (0, 2), (1, 1), (2, 1)]


def test_after_a_crash_the_rest_follows(study: Any, service: MemoryService, tmp_path: Path) -> None:
    submission = study.submit(TASK, jobs(6), journal=tmp_path / "j")
    for job in service.jobs:
        service.end(job)
    first = study.iter_completed(submission, **FAST)
    seen = [next(first).job_id for _ in range(3)]
    with pytest.raises(HtcJournalError, match="another program"):
        next(study.iter_completed(tmp_path / "j", **FAST))
    first.close()  # type: ignore[attr-defined]
    with (tmp_path / "j.seen").open("ab") as file:
        file.write(b"0:")  # a record that was cut off: its result was never given
    rest = [(result.job_id, result.maybe_seen) for result in study.iter_completed(tmp_path / "j", **FAST)]
    assert {job_id for job_id, maybe in rest if maybe} == {seen[-1]}
    assert sorted([*seen[:-1], *(job_id for job_id, _ in rest)]) == sorted(submission.job_ids)
    assert list(study.iter_completed(tmp_path / "j", **FAST)) == []


def test_a_deadline(study: Any, service: MemoryService) -> None:
    submission = study.submit(TASK, jobs(1))
    with pytest.raises(HtcWaitTimeoutError):
        list(study.iter_completed(submission, deadline_seconds=0.001, **FAST))
