"""Prism, a proxy that checks requests and responses against the description, between a client and the server.

Runs where `prism` is installed; `make test-prism` sees to that.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from importlib.resources import files
from typing import Any

import httpx
import pytest

from rescalehtc.local._handlers.registry import operations_without_handler
from rescalehtc.local._wire.spec import load_spec

from ..conftest import Htc

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("prism") is None, reason="prism is not installed")]


def test_prism_finds_no_violation(htc: Any) -> None:
    description = str(files("rescalehtc_generated") / "openapi.json")
    command = ["prism", "proxy", description, htc.server.url, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as prism:
        assert prism.stdout is not None
        try:
            url = next(found[1] for line in prism.stdout if (found := re.search(r"listening on (http\S+)", line)))
            client = Htc(url, htc.server.api_key)
            violations = _watch(client)
            _use_everything(client)
            assert violations == []
            htc.server.faults.add("missing_fields", "listProjects", fields=["projectId"])
            client.get("htc/projects")
            assert "projectId" in violations[0]
            client.http.close()
        finally:
            prism.kill()
            prism.stdout.close()
    reached = {record.operation for record in htc.server.requests}
    not_tried = {"createOAuth2Token"}  # takes a form, of which the description says nothing
    assert load_spec().operations.keys() - reached <= not_tried | set(operations_without_handler(load_spec()))


def _watch(htc: Htc) -> list[str]:
    """What Prism will say of the calls of a client."""
    violations: list[str] = []

    def note(response: httpx.Response) -> None:
        # What Prism says of a request that is meant to be wrong is no news.
        for each in json.loads(response.headers.get("sl-violations", "[]")):
            if each["location"][0] == "response" or response.status_code < 400:
                violations.append(f"{response.request.method} {response.request.url.path}: {each}")

    htc.http.event_hooks = {"response": [note]}
    return violations


def _use_everything(htc: Htc) -> None:
    """Call every operation, and some of them wrongly."""
    token = {"Authorization": f"Token {htc.api_key}"}
    for path in (".well-known/jwks.json", "auth/token/whoami", "htc/regions", "htc/storage"):
        htc.get(path)
    htc.call("GET", "auth/whoami", headers=token)
    htc.call("GET", "auth/token", headers=token)
    region = htc.get("htc/storage")[0]["region"]
    for path in (f"regions/{region}", f"storage/region/{region}", "gcp/clusters/local", "workspaces/local/limits"):
        htc.get(f"htc/{path}")
    dimensions = htc.get("htc/workspaces/local/dimensions")
    policy = {"archiveAfter": 5, "deleteAfter": 6}
    htc.call("PUT", "htc/workspaces/local/task-retention-policy", json=policy)
    htc.get("htc/workspaces/local/task-retention-policy")

    project = htc.project()
    htc.get("htc/projects", pageSize=1)
    htc.get(project)
    htc.call("PATCH", project, json={"regions": [region]})
    htc.call("PUT", f"{project}/dimensions", json=dimensions[:1])
    htc.get(f"{project}/dimensions")
    limit = f"{project}/limits/{htc.post(f'{project}/limits', {'modifierRole': 'PROJECT_ADMIN', 'vCPUs': 9})['id']}"
    htc.get(f"{project}/limits")
    htc.get(limit)
    htc.call("PATCH", limit, json={"vCPUs": 10})
    htc.call("DELETE", limit)
    htc.call("DELETE", f"{project}/limits")
    htc.call("PUT", f"{project}/task-retention-policy", json=policy)
    htc.get(f"{project}/task-retention-policy")
    htc.call("DELETE", f"{project}/task-retention-policy")
    htc.post(f"{project}/container-registry/repo/solver")
    htc.get(f"{project}/container-registry/images")
    htc.get(f"{project}/container-registry/images/solver")
    htc.call("GET", f"{project}/container-registry/images/none", 404)
    htc.call("GET", f"{project}/container-registry/token")

    task = htc.task(project)
    for place in (project, task):
        for path in ("token", f"token/{region}", "tokens"):
            htc.get(f"{place}/storage/{path}")
        htc.get(f"{place}/storage/presigned-url", filePath="a/b.txt")
    htc.get(f"{task}/storage/regional-storage")
    htc.get(f"{project}/tasks")
    htc.get(task)
    htc.submit(task, "sh", "-c", "echo one; exit $AWS_BATCH_JOB_ARRAY_INDEX", size=2, group="g", retries=1)
    htc.submit(task, "true")
    jobs = htc.finish(task)
    htc.get(f"{task}/jobs", group="g", status="FAILED", viewType="SIMPLE", pageSize=1)
    htc.get(htc.path(jobs[0]))
    for job in jobs:
        htc.get(f"{htc.path(job)}/logs")
        htc.get(f"{htc.path(job)}/events", pageSize=2)
    for path in ("groups", "summary-statistics", "group-summary-statistics"):
        htc.get(f"{task}/{path}")
    htc.post(f"{task}/jobs/cancel")
    htc.call("PATCH", task, json={"lifecycleStatus": "ARCHIVED"})
    htc.call("POST", f"{task}/jobs/batch", 400, json=[{"htcJobDefinition": {"imageName": "x"}}])
    htc.call("DELETE", task)
    htc.call("GET", f"{project}/tasks/none", 404)
    htc.call("GET", f"{task}/jobs/none", 404)
    htc.call("GET", "htc/projects", 401, headers={"Authorization": "Bearer wrong"})
    htc.get("htc/projects", pageIndex="")
    htc.call("GET", "htc/metrics")
