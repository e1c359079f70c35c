"""Faults on demand: each kind does what it says, to the requests it was meant for."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest

from rescalehtc.local._wire.faults import KINDS

pytestmark = pytest.mark.slow

PROJECT = {"projectName": "p", "projectDescription": "-"}


def test_a_response_without_a_body_can_be_cut(htc: Any, caplog: pytest.LogCaptureFixture) -> None:
    fault = htc.server.faults.add("cut_during", "deleteProjectLimits")
    htc.call("DELETE", f"{htc.project()}/limits", 204)
    assert fault.hits == 1
    assert not caplog.records


def test_a_fault_hits_as_often_as_asked_and_only_its_operation(htc: Any) -> None:
    fault = htc.server.faults.add("status", "listProjects", status=503, times=2, skip=1)
    path = htc.project()
    htc.get("htc/projects")
    for _ in range(2):
        htc.get(path)
        htc.call("GET", "htc/projects", 503)
    htc.get("htc/projects")
    assert fault.hits == 2
    assert htc.server.faults.waiting() == []


def test_without_a_count_it_hits_until_it_is_cleared(htc: Any) -> None:
    htc.server.faults.add("status", status=500, times=None)
    for path in ("htc/projects", "htc/regions", "auth/token/whoami"):
        htc.call("GET", path, 500)
    htc.server.faults.clear()
    htc.get("htc/projects")


@pytest.mark.parametrize("status", [401, 403, 404, 409, 429, 500, 502, 503, 504, 520])
def test_an_error_has_the_body_that_the_description_gives_it(htc: Any, status: int) -> None:
    htc.server.faults.add("status", "getProject", status=status)
    answer = htc.call("GET", "htc/projects/any", status)
    if status in (401, 403):
        assert answer.content == b""
    else:
        assert set(answer.json()) == {"error", "errorDescription"}


def test_the_body_of_other_shapes(htc: Any) -> None:
    htc.server.faults.add("status", "createProject", status=400)
    assert set(htc.call("POST", "htc/projects", 400, json=PROJECT).json()) == {
        "errorType",
        "errorDescription",
        "message",
    }
    htc.server.faults.add("status", "getImageStatus", status=404)
    assert "message" in htc.call("GET", "htc/projects/x/container-registry/images/y", 404).json()


def test_retry_after(htc: Any) -> None:
    htc.server.faults.add("status", status=429, retry_after=1.5)
    assert htc.call("GET", "htc/projects", 429).headers["retry-after"] == "1.5"
    htc.server.faults.add("status", status=503, retry_after=3600, retry_after_date=True)
    at = parsedate_to_datetime(htc.call("GET", "htc/projects", 503).headers["retry-after"])
    assert timedelta(minutes=50) < at - datetime.now(UTC) < timedelta(minutes=70)


def test_a_gateway_answers_in_html(htc: Any) -> None:
    htc.server.faults.add("status", status=502, html=True)
    answer = htc.call("GET", "htc/projects", 502)
    assert answer.headers["content-type"].startswith("text/html")
    assert "<h1>502" in answer.text
    htc.server.faults.add("html", "createProject")
    assert "<html>" in htc.call("POST", "htc/projects", 200, json=PROJECT).text
    assert htc.all("htc/projects") == []


def test_an_error_may_hide_that_the_request_was_executed(htc: Any) -> None:
    htc.server.faults.add("status", "createProject", status=504)
    htc.call("POST", "htc/projects", 504, json=PROJECT)
    assert htc.all("htc/projects") == []
    htc.server.faults.add("status", "createProject", status=504, executed=True)
    htc.call("POST", "htc/projects", 504, json=PROJECT)
    assert len(htc.all("htc/projects")) == 1


@pytest.mark.parametrize(("kind", "executed"), [("cut_before", 0), ("cut_after_execution", 1), ("cut_during", 1)])
def test_the_connection_is_cut(htc: Any, kind: str, executed: int) -> None:
    htc.server.faults.add(kind, "createProject")
    with pytest.raises(httpx.RemoteProtocolError):
        htc.http.post("htc/projects", json=PROJECT)
    assert len(htc.all("htc/projects")) == executed


def test_the_connection_is_cut_in_the_middle_of_the_body(htc: Any) -> None:
    htc.project()
    htc.server.faults.add("cut_during", "listProjects")
    received = b""
    broken = False
    with htc.http.stream("GET", "htc/projects") as answer:
        assert answer.status_code == 200
        try:
            for part in answer.iter_raw():
                received += part
        except httpx.RemoteProtocolError:
            broken = True
    assert broken
    assert received.startswith(b'{"items":[')
    assert not received.endswith(b"}")


def test_a_delay_comes_before_the_true_answer(htc: Any) -> None:
    htc.server.faults.add("delay", "listProjects", seconds=0.2)
    with pytest.raises(httpx.ReadTimeout):
        htc.http.get("htc/projects", timeout=0.05)
    htc.server.faults.add("delay", "listProjects", seconds=0.01)
    htc.server.faults.add("status", "listProjects", status=500)
    htc.call("GET", "htc/projects", 500)
    htc.get("htc/projects")


def test_broken_json(htc: Any) -> None:
    htc.project()
    for kind in ("truncated", "invalid_json"):
        htc.server.faults.add(kind, "listProjects")
        answer = htc.call("GET", "htc/projects")
        assert answer.headers["content-type"] == "application/json"
        with pytest.raises(json.JSONDecodeError):
            answer.json()


def test_nulls(htc: Any) -> None:
    job = htc.run("true")
    htc.server.faults.add("null_fields", "getJob", fields=["commands", "createdAt"])
    changed = htc.get(htc.path(job))
    assert {name for name in job if changed[name] != job[name]} == {"commands", "createdAt"}
    assert changed["commands"] is None
    htc.server.faults.add("null_fields", "listJobs")
    (changed,) = htc.all(htc.path(job).rpartition("/")[0])
    assert {name for name, value in changed.items() if value is not None} == {"jobUUID", "status"}


def test_missing_fields(htc: Any) -> None:
    path = htc.project()
    htc.server.faults.add("missing_fields", "getProject")
    assert set(htc.get(path)) == {"projectId", "projectName", "projectDescription"}
    htc.server.faults.add("missing_fields", "getProject", fields=["projectId"])
    assert "projectId" not in htc.get(path)


def test_fields_and_values_of_tomorrow(htc: Any) -> None:
    job = htc.run("true")
    htc.server.faults.add("unknown_enum", "getJob")
    changed = htc.get(htc.path(job))
    different = {name for name in job if changed[name] != job[name]}
    assert {"status", "region", "architecture"} <= different
    assert "imageName" not in different
    assert len({changed[name] for name in different}) == 1
    htc.server.faults.add("unknown_enum", "getJob", fields=["status"])
    assert htc.get(htc.path(job)) | {"status": job["status"]} == job
    htc.server.faults.add("extra_fields", "getJob")
    changed = htc.get(htc.path(job))
    assert len(set(changed) - set(job)) == 1
    assert len(changed["container"]) == len(job["container"]) + 1


def test_links_that_must_not_be_followed(htc: Any) -> None:
    for _ in range(3):
        htc.project()
    htc.server.faults.add("foreign_next", "listProjects")
    assert not htc.get("htc/projects", pageSize=2)["next"].startswith(htc.server.url)
    second = htc.get("htc/projects", pageSize=2)["next"]
    htc.server.faults.add("repeated_next", "listProjects")
    page = htc.call("GET", second).json()
    assert page["next"] == second
    assert len(page["items"]) == 1


def test_a_page_may_be_empty_and_have_a_next_one(htc: Any) -> None:
    job = htc.run("seq", "5")
    htc.server.faults.add("empty_page", "listJobLogs", skip=1)
    pages = list(htc.pages(f"{htc.path(job)}/logs", pageSize=2, sort="asc"))
    assert [[line["message"] for line in page] for page in pages] == [["1", "2"], [], ["3", "4"], ["5"]]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "delay"])
def test_the_server_works_after_every_kind_of_fault(htc: Any, kind: str) -> None:
    project = htc.project()
    htc.server.faults.add(kind, "*")
    try:
        assert htc.http.get(project).status_code in (200, 503)
    except httpx.RemoteProtocolError:
        assert kind.startswith("cut")
    assert htc.get(project)["projectName"] == "p"


@pytest.mark.parametrize(
    ("arguments", "options"),
    [(("nonsense",), {}), (("status", "noSuchOperation"), {}), (("status",), {"x": 1}), (("status",), {"status": 20})],
)
def test_a_fault_that_could_not_happen_is_refused(htc: Any, arguments: Any, options: Any) -> None:
    with pytest.raises(ValueError, match=r"fault|operation|status"):
        htc.server.faults.add(*arguments, **options)


def test_the_control_route(start: Any) -> None:
    htc = start()
    origin = htc.server.url.removesuffix("/api/v1")
    key = {"Authorization": f"Token {htc.server.api_key}"}
    project = htc.project()
    assert httpx.get(f"{origin}/local/state").status_code == 401
    assert httpx.get(f"{origin}/local/state", headers={"Authorization": f"Bearer {htc.token}"}).status_code == 401
    with httpx.Client(base_url=f"{origin}/local/", headers=key) as control:
        state = control.get("state").json()
        assert state["refreshToken"] == htc.server.refresh_token
        assert state["clock"]["speed"] == 200
        moved = control.post("clock", json={"advance": 1000}).json()
        assert moved["now"] >= state["clock"]["now"] + 1000
        assert control.post("clock", json={"advance": -1}).status_code == 400
        faults = [{"kind": "status", "operation": "getProject", "status": 409}, {"kind": "truncated"}]
        assert len(control.post("faults", json=faults).json()) == 2
        htc.call("GET", project, 409)
        assert [fault["kind"] for fault in control.get("state").json()["faults"]] == ["truncated"]
        assert control.delete("faults").json() == []
        for wrong in ({"kind": "nonsense"}, {"status": 5}, [1], 7, None):
            assert control.post("faults", json=wrong).status_code == 400
        image = {"projectId": project.rpartition("/")[2], "imageName": "pushed:v3"}
        assert control.post("images", json=image).status_code == 200
        assert htc.get(f"{project}/container-registry/images")["images"] == ["pushed:v3"]
        assert control.post("images", json={**image, "projectId": "none"}).status_code == 404
        assert control.get("nothing").status_code == 404
        assert control.put("clock").status_code == 405
    htc.get(project)
