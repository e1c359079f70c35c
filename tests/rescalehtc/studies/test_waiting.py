"""A wait ends when it should, polls neither too often nor too rarely, and reports what failed."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from rescalehtc.definitions import JobDefinition
from rescalehtc.exceptions import HtcConnectionError, HtcJobsFailedError, HtcWaitStoppedError, HtcWaitTimeoutError
from rescalehtc.waiting import JobCounts
from tests.support.memory_service import Job


class Recorder:
    """A display that notes what it is shown."""

    def __init__(self) -> None:
        self.shown: list[tuple[dict[str, int], int]] = []
        self.closed = 0

    def update(self, by_status: Mapping[str, int], total: int) -> None:
        self.shown.append((dict(by_status), total))

    def close(self) -> None:
        self.closed += 1


RUN = [{"RUNNING": 4}, {"RUNNING": 2, "SUCCEEDED": 2}, {"RUNNING": 1, "SUCCEEDED": 2, "FAILED": 1}, {"SUCCEEDED": 4}]


class TestEnd:
    @pytest.mark.parametrize(
        ("until", "calls"), [("all", 4), ("any", 2), (1.0, 4), (0.5, 2), (0.51, 3), (0.75, 3), (0.01, 2)]
    )
    def test_enough_jobs_have_ended(
        self, study: Any, service: Any, task: Any, time_passed: Any, until: Any, calls: int
    ) -> None:
        service.counts = list(RUN)
        counts = study.wait(task, until=until)
        assert service.called("/summary-statistics") == calls
        assert dict(counts.by_status) == RUN[calls - 1]

    def test_rounding_does_not_require_one_job_more(
        self, study: Any, service: Any, task: Any, time_passed: Any
    ) -> None:
        service.counts = [{"SUCCEEDED": 3, "RUNNING": 27}]
        assert study.wait(task, until=0.1, deadline_seconds=1).ended == 3

    def test_statuses_of_pods_and_new_ones(self, study: Any, service: Any, task: Any, time_passed: Any) -> None:
        service.counts = [{"HATCHING": 1, "POD_FAILED": 1}, {"POD_SUCCEEDED": 1, "POD_FAILED": 1}]
        counts = study.wait(task)
        assert (counts.succeeded, counts.failed, counts.total) == (1, 1, 2)

    def test_a_group_is_counted_alone(self, study: Any, service: Any, task: Any, time_passed: Any) -> None:
        service.counts = list(RUN)
        assert study.wait(task, group="night").succeeded == 4
        assert service.called("/summary-statistics") == 0
        assert service.called("/group-summary-statistics") == 4

    def test_jobs_that_are_not_counted_yet_are_expected(
        self, study: Any, service: Any, task: Any, time_passed: Any
    ) -> None:
        submission = study.submit(task, JobDefinition(image_name="a:b", count=3))
        service.counts = [{}, {"SUCCEEDED": 1}, {"SUCCEEDED": 3}]
        assert study.wait(submission).succeeded == 3

    def test_jobs_that_were_there_before_are_not_taken_for_the_new_ones(
        self, study: Any, service: Any, task: Any, time_passed: Any
    ) -> None:
        service.counts = [{"SUCCEEDED": 10}] * 2 + [{"SUCCEEDED": 10, "RUNNING": 3}, {"SUCCEEDED": 12, "FAILED": 1}]
        submission = study.submit(task, JobDefinition(image_name="a:b", count=3), group="night")
        for job, status in zip(service.jobs, ["SUCCEEDED", "SUCCEEDED", "FAILED"], strict=True):
            job.status = status
        assert study.wait(submission).failed == 1

    def test_the_group_of_a_submission(self, study: Any, service: Any, task: Any, time_passed: Any) -> None:
        submission = study.submit(task, JobDefinition(image_name="a:b", count=3), group="night")
        service.calls.clear()
        for job in service.jobs:
            service.end(job)
        study.wait(submission)
        assert service.called("/group-summary-statistics") == 1

    def test_nothing_to_wait_for(self, study: Any, service: Any, task: Any, time_passed: Any) -> None:
        service.counts = [{"RUNNING": 0}]
        assert study.wait(task, until="any").total == 0
        assert time_passed() == []

    @pytest.mark.parametrize(
        "wrong",
        [
            {"until": "some"},
            {"until": 0.0},
            {"until": 1.5},
            {"min_interval_seconds": 0},
            {"min_interval_seconds": 9, "max_interval_seconds": 8},
        ],
    )
    def test_mistakes_raise_before_any_call(self, study: Any, service: Any, task: Any, wrong: Any) -> None:
        with pytest.raises(ValueError, match="must be"):
            study.wait(task, **wrong)
        assert not service.calls


class TestIntervals:
    def test_the_interval_grows_while_nothing_happens(
        self, study: Any, service: Any, task: Any, time_passed: Any
    ) -> None:
        service.counts = [{"RUNNING": 1}] * 8 + [{"SUCCEEDED": 1}]
        study.wait(task, min_interval_seconds=1, max_interval_seconds=5)
        assert time_passed() == [1.5, 2.25, 3.375, 5, 5, 5, 5, 5]

    def test_the_interval_shrinks_when_something_happens(
        self, study: Any, service: Any, task: Any, time_passed: Any
    ) -> None:
        service.counts = [{"RUNNING": 4}] * 4 + list(RUN)[1:]
        study.wait(task, min_interval_seconds=1, max_interval_seconds=5)
        assert time_passed() == [1.5, 2.25, 3.375, 5, 2.5, 1.25]

    def test_the_deadline(self, study: Any, service: Any, task: Any, time_passed: Any) -> None:
        service.counts = [{"RUNNING": 2, "FAILED": 1}]
        with pytest.raises(HtcWaitTimeoutError, match=r"After 10 seconds, 1 of 3 jobs ended") as caught:
            study.wait(task, deadline_seconds=10)
        assert sum(time_passed()) == pytest.approx(10)
        assert caught.value.counts.remaining == 2
        assert isinstance(caught.value, TimeoutError)

    def test_a_wait_can_be_stopped(self, study: Any, service: Any, task: Any, time_passed: Any) -> None:
        service.counts = [{"RUNNING": 2}]
        stop = threading.Event()
        calls: list[JobCounts] = []

        def third_time(counts: JobCounts) -> None:
            calls.append(counts)
            if len(calls) == 3:
                stop.set()

        # An event that cannot be waited for, so that the pauses pass at once here.
        with pytest.raises(HtcWaitStoppedError) as caught:
            study.wait(task, stop=SimpleNamespace(is_set=stop.is_set), on_counts=third_time)
        assert len(calls) == 3
        assert caught.value.counts == calls[-1]


class TestDisplay:
    def test_it_sees_every_count_and_is_closed(self, study: Any, service: Any, task: Any, time_passed: Any) -> None:
        service.counts = list(RUN)
        display = Recorder()
        study.wait(task, progress=display, expected=4)
        assert display.shown == [(counts, 4) for counts in RUN]
        assert display.closed == 1

    def test_it_is_closed_when_the_wait_fails(self, study: Any, service: Any, task: Any) -> None:
        display = Recorder()
        service.before = lambda method, path: path.endswith("statistics") and [].pop()
        with pytest.raises(HtcConnectionError):
            study.with_options(max_retries=0).wait(task, progress=display)
        assert display.closed == 1


class TestFailures:
    @pytest.fixture
    def _failed(self, service: Any) -> None:
        service.jobs = [
            Job("b", 0, status="SUCCEEDED"),
            Job("b", 1, status="FAILED", failure_code="ErrorNonZeroContainerExitCode", exit_code=3.0),
            Job("b", 2, status="FAILED"),
            Job("b", 3, status="POD_FAILED", failure_code="ErrorTimeout"),
        ]
        service.logs = {"b:1": ["one", "two", "three"], "b:2": [], "b:3": ["ümlaut"]}

    @pytest.mark.usefixtures("_failed")
    def test_failures_are_listed_with_their_last_log_lines(self, study: Any, task: Any) -> None:
        with pytest.raises(HtcJobsFailedError) as caught:
            study.wait(task, raise_on_failure=True, failure_log_lines=2)
        assert str(caught.value) == (
            "3 of 4 jobs failed:\n"
            "b:1: ErrorNonZeroContainerExitCode, exit code 3\n    two\n    three\n"
            "b:2: FAILED\n"
            "b:3: ErrorTimeout\n    ümlaut"
        )
        assert [failure.result.exit_code for failure in caught.value.failures] == [3, None, None]
        assert caught.value.counts.failed == 3

    @pytest.mark.usefixtures("_failed")
    def test_logs_are_read_only_on_request(self, study: Any, service: Any, task: Any) -> None:
        with pytest.raises(HtcJobsFailedError):
            study.wait(task, raise_on_failure=True)
        assert service.called("/logs") == 0

    @pytest.mark.usefixtures("_failed")
    def test_failures_raise_only_on_request(self, study: Any, task: Any) -> None:
        assert study.wait(task).failed == 3

    def test_of_many_failures_the_first_ones_are_listed(self, study: Any, service: Any, task: Any) -> None:
        service.jobs = [Job("b", index, status="FAILED") for index in range(1000)]
        with pytest.raises(HtcJobsFailedError, match=r"… and 980 more$") as caught:
            study.wait(task, raise_on_failure=True)
        assert len(caught.value.failures) == 20

    @pytest.mark.usefixtures("_failed")
    @pytest.mark.parametrize("number", [0, 1, 2])
    def test_max_failures_limits_the_list(self, study: Any, task: Any, number: int) -> None:
        with pytest.raises(HtcJobsFailedError, match=r"^3 of 4 jobs failed") as caught:
            study.wait(task, raise_on_failure=True, max_failures=number)
        assert len(caught.value.failures) == number

    @pytest.mark.usefixtures("_failed")
    def test_the_exception_can_be_sent_to_another_process(self, study: Any, task: Any) -> None:
        with pytest.raises(HtcJobsFailedError) as caught:
            study.wait(task, raise_on_failure=True, failure_log_lines=1)
        copy = pickle.loads(pickle.dumps(caught.value))
        assert (str(copy), copy.failures, copy.counts) == (
            str(caught.value),
            caught.value.failures,
            caught.value.counts,
        )


def test_counts_show_themselves() -> None:
    counts = JobCounts({"RUNNING": 2, "STARTING": 0, "<b>": 1, "SUCCEEDED": 3})
    assert str(counts) == "3 of 6 jobs ended (2 RUNNING, 1 <b>, 3 SUCCEEDED)"
    assert repr(counts) == "JobCounts(RUNNING=2, <b>=1, SUCCEEDED=3)"
    assert "&lt;b&gt;" in counts._repr_html_()
