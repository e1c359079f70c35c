"""The request log."""

from __future__ import annotations

import logging
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.slow


def test_it_holds_requests_and_responses(htc: Any, caplog: pytest.LogCaptureFixture) -> None:
    requests = htc.server.requests
    requests.clear()
    with caplog.at_level(logging.INFO, "rescalehtc.local.requests"):
        project = htc.project()
        htc.call("GET", f"{project}x", 404)
    assert (requests.count(), requests.count("createProject"), requests.count("getProject", status=404)) == (2, 1, 1)
    assert requests.count("submitJobs") == 0
    first, second = requests
    assert (first.method, first.target, first.status, first.fault) == ("POST", "/api/v1/htc/projects", 200, "")
    assert 0 < first.seconds < 60
    assert first.at <= second.at
    assert "getProject GET /api/v1/htc/projects/" in caplog.text


def test_a_request_is_there_as_soon_as_its_response_is(htc: Any) -> None:
    for number in range(1, 50):
        htc.get("htc/projects")
        assert htc.server.requests.count("listProjects") == number


def test_faults_and_broken_connections_are_in_it(htc: Any) -> None:
    htc.server.faults.add("status", "listProjects", status=503)
    htc.server.faults.add("cut_before", "listProjects")
    htc.call("GET", "htc/projects", 503)
    with pytest.raises(httpx.TransportError):
        htc.http.get("htc/projects")
    one, other = (record for record in htc.server.requests if record.operation == "listProjects")
    assert (one.status, one.fault) == (503, "status")
    assert (other.status, other.fault) == (0, "cut_before")


def test_no_secret_is_in_it(htc: Any) -> None:
    url = htc.get(f"{htc.project()}/storage/presigned-url", filePath="f")["url"]
    httpx.put(url, content=b"x")
    signature = httpx.URL(url).params["signature"]
    text = str(list(htc.server.requests))
    assert htc.server.requests.count("putFile") == 1
    for secret in (signature, htc.token, htc.server.api_key):
        assert secret not in text
    control = {"Authorization": f"Token {htc.server.api_key}"}
    shown = httpx.get(f"{htc.server.page_url}local/requests", headers=control).json()
    assert "putFile" in [record["operation"] for record in shown]
