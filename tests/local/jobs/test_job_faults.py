"""Faults that happen to jobs, and the ways in which the service is slow."""

from __future__ import annotations

import time
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def test_an_instance_is_lost_and_the_job_tried_again(htc: Any) -> None:
    htc.server.faults.add("job_instance_lost", seconds=0.05)
    job = htc.run("sh", "-c", "test -e $TASK_SHARED_FOLDER/x || { touch $TASK_SHARED_FOLDER/x; sleep 600; }", retries=1)
    assert job["status"] == "SUCCEEDED"
    reasons = [event["statusReason"] for event in htc.all(f"{htc.path(job)}/events")]
    assert any("ErrorInfrastructureFault" in (reason or "") for reason in reasons)
    htc.server.faults.add("job_instance_lost", seconds=0)
    assert htc.run("sleep", "600")["failureCode"] == "ErrorInfrastructureFault"


def test_a_provider_is_down(htc: Any) -> None:
    htc.server.faults.add("job_provider_down", times=2)
    task = htc.task()
    htc.submit(task, "true", size=3)
    jobs = htc.finish(task)
    assert [job["failureCode"] for job in jobs].count("ErrorInfrastructureFault") == 2
    assert htc.states(jobs[0])[-2:] == ["SUBMITTED_TO_RESCALE", "FAILED"]


@pytest.mark.parametrize("state", ["SUBMITTED_TO_RESCALE", "SUBMITTED_TO_PROVIDER", "RUNNABLE"])
def test_a_job_is_stuck_for_the_given_time(htc: Any, state: str) -> None:
    htc.server.faults.add("job_stuck", state=state, seconds=3600)
    task = htc.task()
    htc.submit(task, "true", size=2)
    htc.until(lambda: htc.counts(task)["SUCCEEDED"] == 1, "the other job")
    assert htc.counts(task)[state] == 1
    htc.server.clock.advance(3600)
    htc.finish(task)


def test_a_wrong_exit_code_for_one_group_only(htc: Any) -> None:
    htc.server.faults.add("job_exit_code", group="a", exit_code=42, times=None)
    task = htc.task()
    htc.submit(task, "true", group="a")
    htc.submit(task, "true", group="b")
    codes = {job["group"]: job["container"]["exitCode"] for job in htc.finish(task)}
    assert codes == {"a": 42, "b": 0}


def test_a_slow_log_comes_after_the_end(htc: Any) -> None:
    htc.server.faults.add("job_slow_log", seconds=0.5, times=None)
    job = htc.run("echo", "late")
    assert htc.log(job) == []
    htc.until(lambda: htc.log(job) == ["late"], "the line")


def test_a_cancellation_misses_a_job(htc: Any) -> None:
    htc.server.faults.add("cancel_misses")
    task = htc.task()
    htc.submit(task, "sleep", "600", size=300)
    htc.until(lambda: htc.counts(task)["RUNNING"], "the start")
    htc.call("POST", f"{task}/jobs/cancel")
    htc.until(lambda: htc.counts(task)["FAILED"] == 299, "the end of the others")
    htc.call("POST", f"{task}/jobs/cancel")
    htc.until(lambda: htc.counts(task)["FAILED"] == 300, "the end of the last")


def test_a_random_fault_is_repeatable_with_its_seed(htc: Any) -> None:
    def statuses() -> list[int]:
        htc.server.faults.clear()
        htc.server.faults.add("status", "listProjects", status=503, times=None, probability=0.5, seed=7)
        return [htc.http.get("htc/projects").status_code for _ in range(40)]

    first = statuses()
    assert first == statuses()
    assert {200, 503} == set(first)


def test_no_times_means_never(htc: Any) -> None:
    htc.server.faults.add("status", "listProjects", times=0)
    assert htc.get("htc/projects")["items"] == []
    assert htc.server.faults.waiting() == []


@pytest.mark.parametrize(
    "options",
    [
        {"kind": "job_stuck", "state": "RUNNING"},
        {"kind": "status", "probability": 2},
        {"kind": "status", "times": -1},
        {"kind": "job_exit_code", "operation": "listJobs"},
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(htc: Any, options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"probability|negative|stuck|happens to jobs"):
        htc.server.faults.add(**options)


def test_statuses_are_refreshed_in_steps_and_survive_a_restart(start: Any, tmp_path: Any) -> None:
    htc = start(speed=1, data=tmp_path)
    task = htc.task()
    htc.submit(task, "sh", "-c", "touch $TASK_SHARED_FOLDER/done")
    shared = htc.server.folder / "storage" / task.removeprefix("htc/")
    htc.until((shared / "done").exists, "the work")
    htc.until(lambda: not htc.server._state.scheduler.live, "the end")
    assert htc.counts(task)["SUCCEEDED"] == 0  # nobody has been told yet
    htc.server.clock.advance(30)
    assert htc.counts(task)["SUCCEEDED"] == 1
    htc.submit(task, "sh", "-c", "touch $TASK_SHARED_FOLDER/again")
    htc.until((shared / "again").exists, "the work")
    htc.until(lambda: not htc.server._state.scheduler.live, "the end")
    assert htc.counts(task)["SUCCEEDED"] == 1
    token = htc.token
    htc.server.stop()
    again = start(speed=1, data=tmp_path)
    again.http.headers["Authorization"] = f"Bearer {token}"
    assert again.counts(task)["SUCCEEDED"] == 2


def test_speed_does_not_shorten_the_time_that_a_job_has(start: Any) -> None:
    htc = start(speed=1000)
    began = time.monotonic()
    job = htc.run("sleep", "1", execTimeoutSeconds=60)
    assert job["status"] == "SUCCEEDED"
    assert time.monotonic() - began >= 1
