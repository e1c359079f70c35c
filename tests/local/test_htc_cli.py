"""The requests of the service's own command-line tool, and how strictly it reads what comes back.

It is written in Go: a null where it has a plain string, a number or a list in place of another type ends the command.
Which fields it lets be null is known from its source.
"""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.slow

JOB_STRINGS = (
    "jobUUID", "status", "projectId", "taskId", "workspaceId", "createdAt", "createdBy", "group", "region",
    "architecture", "imageName", "providerJobId",
)  # fmt: skip
BATCH_STRINGS = ("parentJobId", "projectId", "taskId", "workspaceId", "group", "createdBy", "rescaleTimeReceived")
FIRST_PAGE = {"pageIndex": "", "pageSize": "500"}


def strings(value: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        if name in value:
            assert isinstance(value[name], str), f"{name} is {value[name]!r}"


def test_its_first_pages_have_an_empty_index(htc: Any) -> None:
    project = htc.project()
    htc.task(project)
    for path in ("htc/projects", f"{project}/tasks"):
        page = htc.call("GET", path, params=FIRST_PAGE).json()
        assert len(page["items"]) == 1
        assert "next" not in page
    small = htc.call("GET", f"{project}/tasks", params={"pageIndex": "", "pageSize": "1"}).json()
    assert len(small["items"]) == 1


@pytest.mark.parametrize("group", [None, "sweep"])
def test_job_submit_and_job_get(htc: Any, group: str | None) -> None:
    task = htc.task()
    batch = {"jobName": "n", "batchSize": 1, "htcJobDefinition": {"imageName": "x", "commands": ["true"]}}
    params = {"group": group} if group else {}
    (answer,) = htc.call("POST", f"{task}/jobs/batch", json=[batch], params=params).json()
    strings(answer, BATCH_STRINGS)
    assert answer["group"] == (group or "")
    (job,) = htc.finish(task)
    strings(job, JOB_STRINGS)
    strings(htc.get(htc.path(job)), JOB_STRINGS)
    assert job["group"] == (group or "")
    assert htc.get(f"{task}/groups") == ([group] if group else [])


def test_a_whole_number_may_be_written_with_a_point(htc: Any) -> None:
    task = htc.task()
    batch = b'[{"batchSize": 2.0, "htcJobDefinition": {"imageName": "x", "commands": ["true"], "maxVCpus": 1.0}}]'
    (answer,) = htc.call(
        "POST", f"{task}/jobs/batch", content=batch, headers={"Content-Type": "application/json"}
    ).json()
    assert (answer["batchSize"], type(answer["batchSize"])) == (2, int)
    assert len(htc.finish(task)) == 2
    half = batch.replace(b"2.0", b"2.5")
    htc.call("POST", f"{task}/jobs/batch", 400, content=half, headers={"Content-Type": "application/json"})


def test_the_paths_of_the_tutorial(htc: Any) -> None:
    origin = htc.server.page_url.rstrip("/")
    key = {"Authorization": f"Token {htc.server.api_key}"}
    assert htc.http.get(f"{origin}/auth/token", headers=key).json()["tokenValue"]
    assert htc.http.get(f"{origin}/.well-known/jwks.json").json()["keys"]
    assert htc.get(f"{htc.task()}/storage/token")["storagePath"].startswith("s3://")


def test_jobs_run_in_a_region_of_their_project(htc: Any) -> None:
    project = htc.project(regions=["GCP_US_EAST_4"])
    task = htc.task(project)
    htc.submit(task, "sh", "-c", "echo $RESCALE_HTC_REGION")
    (job,) = htc.finish(task)
    assert htc.log(job) == [job["region"]] == ["GCP_US_EAST_4"]
    assert htc.get(f"{task}/storage/token")["region"] == "GCP_US_EAST_4"
    for wrong in ({"regions": ["AWS_US_EAST_1"]}, {"cloudProvider": "AWS"}):
        batch = {"htcJobDefinition": {"imageName": "x"}, **wrong}
        answer = htc.call("POST", f"{task}/jobs/batch", 400, json=[batch])
        assert "GCP_US_EAST_4" in answer.json()["errorDescription"]


def test_an_image_must_be_ready_if_required(start: Any) -> None:
    htc = start(require_images=True, speed=1)
    project = htc.project()
    task = htc.task(project)
    registry = htc.get(f"{project}/container-registry/images")["containerRegistry"]
    assert registry.endswith(f".amazonaws.com/{project.rpartition('/')[2]}/")
    htc.post(f"{project}/container-registry/repo/solver")
    batch = {"htcJobDefinition": {"imageName": f"{registry}solver:latest", "commands": ["true"]}}
    refused = htc.call("POST", f"{task}/jobs/batch", 400, json=[batch])
    assert refused.json()["errorType"] == "IMAGE_UNAVAILABLE"
    htc.server.clock.advance(60)
    htc.call("POST", f"{task}/jobs/batch", json=[batch])


def test_an_archived_task_has_its_whole_grace_period_when_the_policy_comes_later(htc: Any) -> None:
    project = htc.project()
    task = htc.task(project)
    htc.server.clock.advance(10 * 3600)
    htc.log_in()
    htc.call("PUT", f"{project}/task-retention-policy", json={"archiveAfter": 1, "deleteAfter": 2})
    htc.server.clock.advance(60)
    assert htc.get(task)["lifecycleStatus"] == "ARCHIVED"
    htc.server.clock.advance(2 * 3600 - 120)
    assert htc.get(task)["lifecycleStatus"] == "ARCHIVED"
    htc.server.clock.advance(120)
    assert htc.get(task)["lifecycleStatus"] == "DELETED"
