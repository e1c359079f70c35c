"""Clients and services of different versions: neither fails over what it does not know yet."""

from __future__ import annotations

import copy
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from generator.client.build import SPEC, build
from generator.client.spec import Spec
from rescalehtc import HtcSession, api
from rescalehtc.local import LocalServer
from rescalehtc.models import HTCJobDefinition, HTCJobSubmitRequest, HTCProject, HTCTask, LifecycleStatus

pytestmark = pytest.mark.slow

# The server is asked to run a description that is not its own, for which it has no public way.
world: Any = importlib.import_module("rescalehtc.local._server_state")
server_app: Any = importlib.import_module("rescalehtc.local._app")
server_routes: Any = importlib.import_module("rescalehtc.local._handlers.registry")
server_spec: Any = importlib.import_module("rescalehtc.local._wire.spec")

ADDED = {"since": "2031-01-01T00:00:00Z", "parts": [1, None, {"deep": True}]}


def tomorrow() -> dict[str, Any]:
    """Our description with a field more in every object, two more values, a parameter and a route more."""
    document = Spec(SPEC).document
    for schema in document["components"]["schemas"].values():
        if "properties" in schema:
            schema["properties"]["addedTomorrow"] = {"type": "object", "description": "A new field."}
    document["components"]["schemas"]["LifecycleStatus"]["enum"].append("FROZEN")
    document["components"]["schemas"]["RescaleJobStatus"]["enum"].append("PREEMPTED")
    project = document["paths"]["/htc/projects/{projectId}"]["get"]
    budget = {**copy.deepcopy(project), "operationId": "getProjectBudget"}
    document["paths"]["/htc/projects/{projectId}/budget"] = {"get": budget}
    zone = {"name": "zone", "in": "query", "description": "A new parameter.", "schema": {"type": "string"}}
    document["paths"]["/htc/projects"]["get"]["parameters"].append(zone)
    return document


def widen(value: Any) -> Any:
    """A response of a future server: new fields and new values everywhere."""
    if isinstance(value, list):
        return [widen(item) for item in value]
    if not isinstance(value, dict):
        return value
    wider = {name: widen(item) for name, item in value.items()}
    if "lifecycleStatus" in wider:
        wider["lifecycleStatus"] = "FROZEN"
    if "jobUUID" in wider and "status" in wider:
        wider["status"] = "PREEMPTED"
    # A map of counts or tags has no fields, so none is added to it.
    return wider if all(isinstance(item, int | str) for item in value.values()) else {**wider, "addedTomorrow": ADDED}


@pytest.fixture
def server_of_tomorrow(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalServer]:
    document = tomorrow()
    monkeypatch.setattr(world, "load_spec", lambda: server_spec.Spec(document))
    server_app.load_handlers()
    get_project = server_routes._handlers["getProject"]
    monkeypatch.setitem(server_routes._handlers, "getProjectBudget", get_project)
    answer_as_today = server_app._to_response

    def answer(operation: Any, result: Any) -> Any:
        made = answer_as_today(operation, result)
        if made.body and "json" in (made.media_type or ""):
            made.body = json.dumps(widen(json.loads(made.body))).encode()
            made.headers["content-length"] = str(len(made.body))
        return made

    monkeypatch.setattr(server_app, "_to_response", answer)
    # Responses are checked against the future description, so this adds what it promises.
    with LocalServer(speed=100, check_answers=True) as server:
        yield server


def test_a_client_of_today_with_a_service_of_tomorrow(server_of_tomorrow: LocalServer) -> None:
    server = server_of_tomorrow
    with HtcSession(api_key=server.api_key, base_url=server.url) as session:
        project = api.post_htc_projects(session, HTCProject(project_name="p", project_description="-"))
        assert project["addedTomorrow"] == ADDED
        assert project.additional_properties == {"addedTomorrow": ADDED}

        task = api.post_htc_projects_tasks(session, project.project_id, HTCTask(task_name="t", task_description="-"))
        assert task.lifecycle_status == "FROZEN"
        assert task.lifecycle_status not in list(LifecycleStatus)
        assert task.to_dict()["lifecycleStatus"] == "FROZEN"

        definition = HTCJobDefinition(image_name="i", commands=["echo", "done"], max_vcpus=1, max_memory=128)
        request = HTCJobSubmitRequest(batch_size=3, htc_job_definition=definition)
        (batch,) = api.post_htc_projects_tasks_jobs_batch(session, project.project_id, task.task_id, [request])
        assert batch["addedTomorrow"] == ADDED

        jobs = api.get_htc_projects_tasks_jobs(session, project.project_id, task.task_id, page_size=2)
        assert len(jobs) == 3
        assert {job.to_dict()["jobUUID"] for job in jobs} == {job.job_uuid for job in jobs}
        statistics = api.get_htc_projects_tasks_summary_statistics(session, project.project_id, task.task_id)
        assert statistics.job_statuses
        assert sum(statistics.job_statuses.values()) == 3

        # What came with unknown fields can be sent back as it is.
        listed = api.get_htc_projects(session, project.project_id)
        again = api.post_htc_projects(session, HTCProject.from_dict({**listed.to_dict(), "projectName": "q"}))
        assert again.project_name == "q"


def test_a_client_of_tomorrow_with_a_service_of_today(tmp_path: Path) -> None:
    spec = tmp_path / "htc.yaml"
    spec.write_text(json.dumps(tomorrow(), indent=1))
    build(spec, tmp_path)
    program = f"""
import rescalehtc_generated
assert rescalehtc_generated.__file__.startswith({str(tmp_path)!r})
from rescalehtc import HtcSession, api
from rescalehtc.exceptions import HtcNotFoundError
from rescalehtc.models import HTCProject, LifecycleStatus
assert LifecycleStatus.FROZEN == "FROZEN"
with HtcSession() as session:
    project = api.post_htc_projects(session, HTCProject(project_name="p", project_description="-"))
    assert project.added_tomorrow is None and "addedTomorrow" not in project.to_dict()
    assert [each.project_id for each in api.get_htc_projects(session)] == [project.project_id]
    try:
        api.get_htc_projects_budget(session, project.project_id)
    except HtcNotFoundError as error:
        print(error.status_code)
"""
    with LocalServer() as server:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "PYTHONPATH": str(tmp_path),
            "RESCALE_HTC_API_URL": server.url,
            "RESCALE_API_TOKEN": server.api_key,
        }
        command = [sys.executable, "-W", "error", "-c", program]
        run = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout == "404\n"


def test_the_service_of_tomorrow_offers_more_than_that_of_today(server_of_tomorrow: LocalServer) -> None:
    # Otherwise the first test would say nothing.
    server = server_of_tomorrow
    with HtcSession(api_key=server.api_key, base_url=server.url) as session:
        project = api.post_htc_projects(session, HTCProject(project_name="p", project_description="-"))
        token = api.get_auth_token(session, f"Token {server.api_key}").token_value
    headers = {"Authorization": f"Bearer {token}"}
    budget = httpx.get(f"{server.url}/htc/projects/{project.project_id}/budget", headers=headers)
    assert budget.json()["addedTomorrow"] == ADDED
    assert httpx.get(f"{server.url}/htc/projects?zone=a", headers=headers).status_code == 200
