"""Failed jobs are submitted again, and only those, in few batches, once."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from rescalehtc import JobDefinition
from rescalehtc.exceptions import HtcJournalError, HtcSubmissionError
from tests.support.both_kinds import Connect
from tests.support.memory_service import Job, MemoryService

from .test_own_counts import FAST, TASK


def finish(service: MemoryService, *failing: int, code: str = "ErrorNotEnoughMemory") -> None:
    for job in service.jobs:
        if job.status == "SUBMITTED_TO_RESCALE":
            failed = job.index in failing
            service.end(job, "FAILED" if failed else "SUCCEEDED", code if failed else None)


def indexes(jobs: list[Job]) -> list[int]:
    return sorted(job.index for job in jobs)


@pytest.mark.slow
def test_thousands_of_scattered_failures_become_few_batches(study: Any, service: MemoryService) -> None:
    jobs = JobDefinition(image_name="a:b", count=4_000, uses_job_side=True, max_memory_mib=256)
    submission = study.submit(TASK, jobs)
    finish(service, *range(0, 4_000, 2))
    study.resubmit(submission, max_memory_mib=lambda job: 2 * job.max_memory_mib)
    again = service.jobs[4_000:]
    assert len({job.parent for job in again}) == 2
    assert indexes(again) == list(range(0, 4_000, 2))
    assert {job.batch["htcJobDefinition"]["maxMemory"] for job in again} == {512}


def test_a_program_that_adds_to_an_offset_still_finds_its_index(study: Any, service: MemoryService) -> None:
    submission = study.submit(TASK, JobDefinition(image_name="a:b", count=20))
    finish(service, 3, 4, 5, 9)
    study.resubmit(submission)
    again = service.jobs[20:]
    assert Counter(job.parent for job in again).most_common() == [("parent2", 3), ("parent3", 1)]
    assert [int(job.envs["HTC_JOB_INDEX_OFFSET"]) + job.position for job in again] == [3, 4, 5, 9]


def test_the_newest_attempt_counts_and_earlier_ones_stay_visible(study: Any, service: MemoryService) -> None:
    submission = study.submit(TASK, JobDefinition(image_name="a:b", count=4))
    finish(service, 1, 2)
    study.resubmit(submission)
    finish(service, 2)
    counts = study.wait(submission, **FAST)
    assert (counts.total, counts.succeeded, counts.failed) == (4, 3, 1)
    newest = study.get_results(submission)
    assert sorted((each.index, each.attempt, each.succeeded) for each in newest) == [
        (0, 1, True),
        (1, 2, True),
        (2, 2, False),
        (3, 1, True),
    ]
    assert len(study.get_results(submission, attempts="all")) == 6
    study.resubmit(submission)
    finish(service)
    assert study.wait(submission, raise_on_failure=True, **FAST).succeeded == 4
    assert {each.attempt for each in study.get_results(submission) if each.index == 2} == {3}
    assert study.resubmit(submission).attempts == 3
    assert len(service.jobs) == 7


def test_a_predicate_picks(study: Any, service: MemoryService) -> None:
    submission = study.submit(TASK, JobDefinition(image_name="a:b", count=3))
    service.end(service.jobs[0], "FAILED", "ErrorInstanceTermination")
    service.end(service.jobs[1], "FAILED", "ErrorNonZeroContainerExitCode")
    service.end(service.jobs[2])
    study.resubmit(submission, failed=lambda result: result.worth_retrying, priority="ON_DEMAND_PRIORITY")
    assert indexes(service.jobs[3:]) == [0]


@pytest.mark.parametrize(
    ("code", "worth"),
    [
        ("ErrorInstanceTermination", True), ("ErrorProviderDown", True), ("ErrorProviderRegionDown", True),
        ("ErrorInfrastructureFault", True), ("ErrorNonZeroContainerExitCode", False), ("ErrorTimeout", False),
        ("ErrorNotEnoughMemory", False), ("ErrorNew", False), (None, False),
    ],
)  # fmt: skip
def test_worth_retrying(study: Any, service: MemoryService, code: str | None, worth: bool) -> None:
    submission = study.submit(TASK, JobDefinition(image_name="a:b"))
    service.end(service.jobs[0], "FAILED", code)
    [result] = study.get_results(submission)
    assert result.worth_retrying is worth


@pytest.mark.slow
def test_later_from_the_journal(connect: Connect, tmp_path: Path) -> None:
    service = MemoryService()
    jobs = JobDefinition(image_name="a:b", parameters=[{"x": n} for n in range(6)], envs={"MODE": "fast"})
    connect(service).submit(TASK, jobs, journal=tmp_path / "j")
    finish(service, 1, 4)
    study = connect(service).resubmit(tmp_path / "j", max_memory_mib=512)
    again = service.jobs[6:]
    assert [job.envs["HTC_JOB_PARAMETERS"] for job in again] == ['[{"x":1},{"x":4}]'] * 2
    assert again[0].envs["MODE"] == "fast"
    assert {job.parent for job in again} == {again[0].parent}
    finish(service, 4)
    study = connect(service).resubmit(tmp_path / "j", max_memory_mib=lambda job: 2 * job.max_memory_mib)
    assert service.jobs[-1].batch["htcJobDefinition"]["maxMemory"] == 1024
    assert [each.parameters for each in connect(service).get_results(study) if each.index == 3] == [{"x": 3}]
    # The first program goes on as well: nothing is submitted by it.
    resumed = connect(service).submit(TASK, jobs, journal=tmp_path / "j")
    assert (resumed.attempts, len(service.jobs)) == (3, 9)
    for name in ("j", "j.jobs"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_a_submission_with_a_journal_keeps_it_up_to_date(study: Any, service: MemoryService, tmp_path: Path) -> None:
    submission = study.submit(TASK, JobDefinition(image_name="a:b", count=2), journal=tmp_path / "j")
    finish(service, 0)
    study.resubmit(submission)
    finish(service)
    assert study.resubmit(tmp_path / "j").attempts == 2
    assert len(service.jobs) == 3


def test_a_lost_response_is_not_repeated(study: Any, service: MemoryService) -> None:
    submission = study.submit(TASK, JobDefinition(image_name="a:b", count=3))
    finish(service, 0, 1)
    service.lose = lambda number: number == 2
    with pytest.raises(HtcSubmissionError):
        study.resubmit(submission)
    assert len(service.jobs) == 5
    study.resubmit(submission)
    assert (len(service.jobs), submission.complete, submission.job_count) == (5, True, 3)


@pytest.mark.parametrize("changes", [{"count": 2}, {"parameters": [{}]}, {"memory": 5}])
def test_invalid_changes(study: Any, service: MemoryService, changes: Any) -> None:
    submission = study.submit(TASK, JobDefinition(image_name="a:b"))
    before = len(service.calls)
    with pytest.raises(ValueError, match=next(iter(changes))):
        study.resubmit(submission, **changes)
    assert len(service.calls) == before


def test_journals_of_other_submissions(study: Any, service: MemoryService, tmp_path: Path) -> None:
    with pytest.raises(HtcJournalError, match="no journal"):
        study.resubmit(tmp_path / "none")
    study.submit(TASK, JobDefinition(image_name="a:b"), journal=tmp_path / "j")
    (tmp_path / "j.jobs").write_text(json.dumps({"id": "other", "definitions": []}))
    with pytest.raises(HtcJournalError, match="another submission"):
        study.resubmit(tmp_path / "j")
    (tmp_path / "j.jobs").unlink()
    with pytest.raises(HtcJournalError, match="cannot be read"):
        study.resubmit(tmp_path / "j")
