"""Projects share the workers, and small jobs pass those that do not fit."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.slow


def test_four_thousand_jobs_do_not_hold_back_the_job_of_another_project(start: Any) -> None:
    htc = start(workers=1)
    crowd, single = htc.task(htc.project()), htc.task(htc.project())
    for _ in range(4):
        htc.submit(crowd, "true", size=1000)
    htc.until(lambda: htc.counts(crowd)["SUCCEEDED"], "the first of the crowd")
    htc.submit(single, "true")
    htc.finish(single)
    assert htc.counts(crowd)["SUCCEEDED"] < 1000
    htc.call("POST", f"{crowd}/jobs/cancel")


def test_a_job_that_does_not_fit_under_a_limit_does_not_block_smaller_ones(start: Any) -> None:
    htc = start()
    project = htc.project()
    task = htc.task(project)
    htc.post(f"{project}/limits", {"modifierRole": "PROJECT_ADMIN", "vCPUs": 2})
    htc.submit(task, "true", maxVCpus=8)
    htc.submit(task, "true", maxVCpus=2, size=3)
    htc.until(lambda: htc.counts(task)["SUCCEEDED"] == 3, "the small jobs")
    assert htc.counts(task)["SUBMITTED_TO_RESCALE"] == 1
    htc.call("DELETE", f"{project}/limits")
    htc.until(lambda: htc.counts(task)["SUCCEEDED"] == 4, "the large job")


def test_a_large_submission_does_not_keep_others_waiting_and_shows_at_once(start: Any) -> None:
    htc = start(workers=1)
    task = htc.task()
    batch = {"batchSize": 1000, "htcJobDefinition": {"imageName": "x", "commands": ["sleep", "600"]}}
    htc.post(f"{task}/jobs/batch", [batch] * 12)
    assert sum(htc.counts(task).values()) == 12_000
    htc.call("POST", f"{task}/jobs/cancel")
    htc.until(lambda: htc.counts(task)["FAILED"] == 12_000, "the cancellation")
