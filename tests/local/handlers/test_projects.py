"""Projects, dimensions, limits, images, regions, metrics."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.slow


def test_a_project(htc: Any) -> None:
    sent = {"projectName": "wing", "projectDescription": "flutter", "regions": ["AWS_US_EAST_2"]}
    made = htc.post("htc/projects", sent)
    assert sent.items() <= made.items()
    path = f"htc/projects/{made['projectId']}"
    assert htc.get(path) == made
    changed = htc.call("PATCH", path, json={"regions": ["GCP_US_EAST_4"]}).json()
    assert changed["regions"] == ["GCP_US_EAST_4"]
    assert changed["regionSettings"][0]["computeSettings"]["computeRegion"] == "GCP_US_EAST_4"
    assert htc.get(path) == changed
    assert htc.call("PATCH", path, json={}).json() == changed
    htc.call("PATCH", path, 400, json={"regions": "all"})


def test_dimensions(htc: Any) -> None:
    offered = htc.get("htc/workspaces/local/dimensions")
    assert offered[0]["derived"]["vCPUs"] >= 1
    path = f"{htc.project()}/dimensions"
    assert htc.get(path) == []
    chosen = [{**offered[0], "derived": {"vCPUs": 10_000}}, {"machineType": "n1-standard-1"}]
    kept = htc.call("PUT", path, 201, json=chosen).json()
    assert kept == [offered[0], {"machineType": "n1-standard-1"}] == htc.get(path)
    htc.call("PUT", path, 400, json=[{"priority": "URGENT"}])
    assert htc.call("PUT", path, 201, json=[]).json() == []


def test_a_limit_overwrites_the_one_of_the_same_role(htc: Any) -> None:
    path = f"{htc.project()}/limits"
    first = htc.call("POST", path, 201, json={"modifierRole": "PROJECT_ADMIN", "vCPUs": 8}).json()
    other = htc.call("POST", path, 201, json={"modifierRole": "WORKSPACE_ADMIN", "vCPUs": 9}).json()
    again = htc.call("POST", path, 201, json={"modifierRole": "PROJECT_ADMIN", "vCPUs": 7}).json()
    assert again["id"] == first["id"] != other["id"]
    assert [(each["modifierRole"], each["vCPUs"]) for each in htc.get(path)] == [
        ("PROJECT_ADMIN", 7),
        ("WORKSPACE_ADMIN", 9),
    ]
    assert htc.get(f"{path}/{other['id']}") == other
    assert htc.call("PATCH", f"{path}/{other['id']}", json={"vCPUs": 6}).json()["vCPUs"] == 6
    for wrong in (-1, 1_000_000, "many"):
        htc.call("PATCH", f"{path}/{other['id']}", 400, json={"vCPUs": wrong})
        htc.call("POST", path, 400, json={"modifierRole": "PROJECT_ADMIN", "vCPUs": wrong})
    assert htc.get(f"{path}/{other['id']}")["vCPUs"] == 6
    assert htc.call("DELETE", f"{path}/{first['id']}", 204).content == b""
    htc.call("DELETE", f"{path}/{first['id']}", 404)
    htc.call("DELETE", path, 204)
    assert htc.get(path) == []
    htc.call("GET", f"{path}/abc", 400)


def test_jobs_wait_at_the_smallest_limit(start: Any) -> None:
    htc = start(workers=8)
    project = htc.project()
    task, free = htc.task(project), htc.task()
    for role, vcpus in (("PROJECT_ADMIN", 50), ("WORKSPACE_ADMIN", 4)):
        htc.post(f"{project}/limits", {"modifierRole": role, "vCPUs": vcpus})
    htc.submit(task, "sleep", "600", size=5, maxVCpus=2)
    htc.until(lambda: htc.counts(task)["RUNNING"] == 2)
    htc.submit(free, "true")
    htc.finish(free)
    assert htc.counts(task)["SUBMITTED_TO_RESCALE"] == 3
    limit = next(each for each in htc.get(f"{project}/limits") if each["vCPUs"] == 4)
    htc.call("PATCH", f"{project}/limits/{limit['id']}", json={"vCPUs": 6})
    htc.until(lambda: htc.counts(task)["RUNNING"] == 3)
    assert htc.counts(task)["SUBMITTED_TO_RESCALE"] == 2
    htc.call("DELETE", f"{project}/limits")
    htc.until(lambda: htc.counts(task)["RUNNING"] == 5)


def test_a_limit_of_zero_holds_everything_until_it_is_deleted(htc: Any) -> None:
    project = htc.project()
    task, free = htc.task(project), htc.task()
    htc.post(f"{project}/limits", {"modifierRole": "PROJECT_ADMIN", "vCPUs": 0})
    htc.submit(task, "true", size=3)
    htc.submit(free, "true")
    htc.finish(free)
    assert htc.counts(task)["SUBMITTED_TO_RESCALE"] == 3
    (limit,) = htc.get(f"{project}/limits")
    htc.call("DELETE", f"{project}/limits/{limit['id']}")
    assert [job["status"] for job in htc.finish(task)] == ["SUCCEEDED"] * 3


def test_the_workspace_has_a_limit_too(start: Any) -> None:
    htc = start(workspace_vcpus=1, workers=4)
    assert htc.get("htc/workspaces/local/limits")["vCPUs"] == 1
    task = htc.task()
    htc.submit(task, "sleep", "600", size=2)
    htc.until(lambda: htc.counts(task)["RUNNING"] == 1)
    assert htc.counts(task)["SUBMITTED_TO_RESCALE"] == 1


def test_repositories_and_images(start: Any) -> None:
    htc = start(speed=1)
    project = htc.project()
    registry = f"{project}/container-registry"
    made = htc.post(f"{registry}/repo/team/solver")
    assert (made["repositoryName"], made["successfullyCreated"]) == ("team/solver", True)
    assert htc.post(f"{registry}/repo/team%2Fsolver")["successfullyCreated"] is False
    assert htc.get(project)["repositories"] == ["team/solver"]
    assert htc.get(f"{registry}/images")["images"] == ["team/solver:latest"]
    assert htc.get(f"{registry}/images/team/solver") == {"status": "PENDING"}
    htc.server.clock.advance(10)
    assert htc.get(f"{registry}/images/team%2Fsolver:latest") == {"status": "READY"}
    htc.call("GET", f"{registry}/images/team/solver:v2", 404)
    htc.server.push_image(project.rpartition("/")[2], "team/solver:v2")
    assert htc.get(f"{registry}/images/team/solver:v2") == {"status": "PENDING"}
    htc.call("POST", f"{registry}/repo/UPPER", 400)
    token = htc.call("GET", f"{registry}/token")
    assert token.headers["content-type"].startswith("text/plain")
    assert token.text


def test_regions(htc: Any) -> None:
    regions = htc.get("htc/regions")
    assert {region["enabled"] for region in regions} == {True, False}
    aws = htc.get("htc/regions", cloudProvider="AWS", enabled="true")
    assert aws == [region for region in regions if region["cloudProvider"] == "AWS" and region["enabled"]]
    assert htc.get("htc/regions", enabled="false") == [region for region in regions if not region["enabled"]]
    assert htc.get(f"htc/regions/{aws[0]['region']}") == aws[0]
    clusters = htc.get("htc/gcp/clusters/local")["clusters"]
    assert {cluster["region"].partition("_")[0] for cluster in clusters} == {"GCP"}


def test_metrics_count_what_there_is(htc: Any) -> None:
    project = htc.project()
    htc.post(f"{project}/limits", {"modifierRole": "PROJECT_ADMIN", "vCPUs": 3})
    task = htc.task(project)
    htc.submit(task, "true", size=2)
    htc.submit(task, "false")
    htc.finish(task)
    answer = htc.call("GET", "htc/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    samples = dict(line.rsplit(" ", 1) for line in answer.text.splitlines() if not line.startswith("#"))
    assert samples[f'htc_job_limit_vcpus{{project="{project.rpartition("/")[2]}"}}'] == "3"
    assert samples['htc_local_jobs{status="SUCCEEDED"}'] == "2"
    assert samples['htc_local_jobs{status="FAILED"}'] == "1"
    assert (samples["htc_local_projects"], samples["htc_local_tasks"]) == ("1", "1")
    for name in samples:
        assert re.fullmatch(r'[a-z_]+(\{[a-z]+="[^"]*"\})?', name)


def test_the_server_says_what_day_it_is(htc: Any) -> None:
    answer: httpx.Response = htc.call("GET", "htc/projects")
    assert answer.headers["date"].endswith("GMT")
