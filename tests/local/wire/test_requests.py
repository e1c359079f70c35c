"""Refused requests, and the form of the errors."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.slow

PROJECT = {"projectName": "p", "projectDescription": "-"}


def test_no_such_route(htc: Any) -> None:
    answer = htc.call("GET", "htc/nothing", 404).json()
    assert set(answer) == {"error", "errorDescription"}


def test_wrong_method(htc: Any) -> None:
    answer = htc.call("PUT", "htc/projects", 405)
    assert answer.headers["allow"] == "GET, POST"
    assert answer.content == b""


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff",
        b'{"projectName": 7, "projectDescription": "-"}',
        b'{"projectName": "only"}',
        b'{"projectName": NaN, "projectDescription": "-"}',
        b'{"projectName": "p", "projectDescription": "-", "regions": ["MOON_1"]}',
        b"[" * 100_000,
        b'{"projectName": ' + b"9" * 10_000 + b"}",
    ],
)
def test_an_invalid_body(htc: Any, body: bytes) -> None:
    answer = htc.call("POST", "htc/projects", 400, content=body, headers={"Content-Type": "application/json"}).json()
    assert set(answer) == {"errorType", "errorDescription", "message"}
    assert answer["errorType"]
    assert answer["errorDescription"]
    assert htc.all("htc/projects") == []


def test_read_only_fields_may_be_sent_back(htc: Any) -> None:
    made = htc.post("htc/projects", {**PROJECT, "projectId": 17, "createdAt": "yesterday", "ofTomorrow": True})
    assert made["projectId"] != 17
    again = htc.post("htc/projects", made)
    assert again["projectId"] != made["projectId"]


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("htc/projects", {"pageSize": "many"}),
        ("htc/projects", {"pageSize": "0"}),
        ("htc/projects", {"pageSize": "99999999999"}),
        ("htc/projects", {"pageIndex": "2"}),
        ("htc/regions", {"enabled": "perhaps"}),
        ("htc/regions", {"cloudProvider": "LUNA"}),
        ("htc/regions/MOON_1", {}),
    ],
)
def test_invalid_parameters(htc: Any, path: str, params: dict[str, str]) -> None:
    answer = htc.call("GET", path, 400, params=params).json()
    assert answer["errorType"]


def test_parameters_below_a_task(htc: Any) -> None:
    task = htc.task()
    batch = htc.submit(task, "true")
    for path, params in [
        (f"{task}/jobs", {"status": "DONE"}),
        (f"{task}/jobs", {"viewType": "LARGE"}),
        (f"{task}/jobs/{batch}:0/logs", {"sort": "up"}),
        (f"{task}/jobs/{batch}:0/logs", {"pageSize": "10001"}),
        (f"{task}/storage/presigned-url", {}),
        (f"{task}/storage/presigned-url", {"filePath": ""}),
        (f"{task}/storage/presigned-url", {"filePath": "a/../../b"}),
        (f"{task}/storage/presigned-url", {"filePath": "/"}),
    ]:
        htc.call("GET", path, 400, params=params)


def test_what_does_not_exist(htc: Any) -> None:
    project, task = htc.project(), htc.task()
    for method, path in [
        ("GET", "htc/projects/none"),
        ("PATCH", "htc/projects/none"),
        ("GET", f"{project}/tasks/none"),
        ("DELETE", f"{project}/tasks/none"),
        ("GET", f"{project}/tasks/{task.rpartition('/')[2]}"),
        ("GET", f"{project}/limits/7"),
        ("DELETE", f"{project}/limits/7"),
        ("GET", f"{project}/task-retention-policy"),
        ("GET", "htc/workspaces/other/limits"),
        ("GET", "htc/storage/region/AZURE_US_WEST_2"),
    ]:
        body = {"json": {}} if method == "PATCH" else {}
        answer = htc.call(method, path, 404, **body).json()
        assert set(answer) == {"error", "errorDescription"}, path
    for name in ("none", "none:0", ":", "%00", "x:-1"):
        for suffix in ("", "/events", "/logs"):
            answer = htc.call("GET", f"{task}/jobs/{name}{suffix}", 404).json()
            assert set(answer) == {"errorType", "errorDescription", "message"}
    answer = htc.call("GET", f"{project}/container-registry/images/none", 404).json()
    assert answer["error"] == "IMAGE_UNAVAILABLE"
    assert answer["message"]


def test_a_body_beyond_the_limit_is_refused(htc: Any) -> None:
    def endless():
        for _ in range(40):
            yield b" " * 1024 * 1024

    try:
        answer = htc.http.post("htc/projects", content=endless(), headers={"Content-Type": "application/json"})
        assert answer.status_code == 413
    except OSError:
        pass  # the server may close the connection before the client has sent all
    assert htc.all("htc/projects") == []


def test_odd_text_survives(htc: Any) -> None:
    name = '🚀 \0 "quoted" \\ \u2028 <b>'
    made = htc.post("htc/projects", {"projectName": name, "projectDescription": "ü"})
    assert htc.get(f"htc/projects/{made['projectId']}")["projectName"] == name


def test_a_lone_surrogate_survives(htc: Any) -> None:
    body = b'{"projectName": "\\ud800", "projectDescription": "-"}'
    made = htc.call("POST", "htc/projects", content=body, headers={"Content-Type": "application/json"})
    assert made.content.count(b"\\ud800") == 1


def test_an_error_of_the_server_itself_changes_nothing(htc: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    task = htc.task()

    def broken(*_: Any) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("rescalehtc.local._handlers.jobs.count_jobs", broken)
    answer = htc.call("POST", f"{task}/jobs/batch", 500, json=[{"htcJobDefinition": {"imageName": "x"}}])
    assert answer.json()["error"] == "INTERNAL_ERROR"
    assert "on purpose" not in answer.text
    assert htc.all(f"{task}/jobs") == []
