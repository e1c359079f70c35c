"""Counts, times and consumption, as text, table and picture."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from rescalehtc import JobDefinition, report
from rescalehtc._studies import plotting
from rescalehtc.exceptions import HtcMissingExtraError
from tests.support.both_kinds import Connect
from tests.support.memory_service import MemoryService

from .test_own_counts import TASK


@pytest.fixture
def found(connect: Connect) -> Any:
    service = MemoryService()
    study = connect(service)
    study.submit(TASK, JobDefinition(image_name="a:b", count=3))
    submission = study.submit(TASK, JobDefinition(image_name="a:b", count=4, max_vcpus=2, max_memory_mib=2048))
    mine = service.jobs[3:]
    for job, seconds in zip(mine, (1800, 3600, 5400), strict=False):
        service.clock = seconds - 1
        service.end(job, "FAILED" if seconds == 5400 else "SUCCEEDED", "ErrorTimeout" if seconds == 5400 else None)
    return study.report.report(submission)


def test_of_the_submission_only(found: Any) -> None:
    assert found.counts.total == 4
    assert found.by_failure_code == {"ErrorTimeout": 1}
    assert found.by_region == {"AWS_US_EAST_2": 4}
    assert (found.running.count, found.running.median, found.running.p95) == (3, 3600, 5400)
    assert found.vcpu_hours == {"AWS_US_EAST_2": pytest.approx(2 * 3.0)}
    assert found.gib_hours == {"AWS_US_EAST_2": pytest.approx(2 * 3.0)}


def test_forms(found: Any) -> None:
    text = str(found)
    assert "3 of 4 jobs ended" in text
    assert "ErrorTimeout 1" in text
    assert "6.00 vCPU-hours, 6.00 GiB-hours" in text
    assert "median 3600.0 s, 95 % within 5400.0 s" in text
    assert "<td>ErrorTimeout</td>" in found._repr_html_()
    assert {"figure": "vCPU-hours", "of": "AWS_US_EAST_2", "value": pytest.approx(6.0)} in found.to_records()


def test_the_newest_attempt_counts(study: Any, service: MemoryService) -> None:
    submission = study.submit(TASK, JobDefinition(image_name="a:b", count=2))
    service.end(service.jobs[0], "FAILED")
    service.end(service.jobs[1])
    study.resubmit(submission)
    assert study.report.report(submission).counts.by_status == {"SUCCEEDED": 1, "SUBMITTED_TO_RESCALE": 1}


@pytest.mark.slow  # importing matplotlib takes seconds
# Older versions of matplotlib use what newer ones of its own dependencies deprecate.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_picture(found: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    axes = report.plot(found)
    assert axes.get_legend_handles_labels()[1] == ["waiting", "running", "succeeded", "failed"]
    monkeypatch.setitem(sys.modules, "matplotlib.dates", None)
    with pytest.raises(HtcMissingExtraError, match=r"rescalehtc\[plot\]"):
        report.plot(found)


def test_nothing_known(connect: Connect) -> None:
    service = MemoryService()
    text = str(connect(service).report.report(TASK))
    assert "0 of 0 jobs ended" in text
    assert "not known" in text


@pytest.mark.slow
def test_a_picture_of_many_jobs_has_no_more_moments_than_it_shows() -> None:
    intervals = [(0.0, float(number), number + 0.5, "SUCCEEDED") for number in range(1, 5001)]
    times, layers = plotting._layers(intervals)
    assert 1000 < len(times) <= 2001
    assert (times[0], times[-1]) == (0.0, 5000.5)
    assert {len(layer) for layer in layers.values()} == {len(times)}
    assert all(sum(numbers) == 5000 for numbers in zip(*layers.values(), strict=True))
    assert [layer[-1] for layer in layers.values()] == [0, 0, 5000, 0]
