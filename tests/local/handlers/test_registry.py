"""The description may have more operations than the server, or fewer."""

from __future__ import annotations

import copy
import logging
from typing import Any

import httpx
import pytest

from rescalehtc.local._handlers import registry
from rescalehtc.local._wire.spec import Spec, load_spec


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Starts from the present description, changed."""

    def apply(edit: Any) -> None:
        document = copy.deepcopy(load_spec().document)
        edit(document)
        monkeypatch.setattr("rescalehtc.local._server_state.load_spec", lambda: Spec(document))

    return apply


@pytest.mark.slow
def test_a_route_without_a_handler_is_answered_with_501_and_listed(
    start: Any, change: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def add(document: Any) -> None:
        item = copy.deepcopy(document["paths"]["/htc/projects/{projectId}"]["get"])
        document["paths"]["/htc/projects/{projectId}/budget"] = {"get": {**item, "operationId": "getProjectBudget"}}

    change(add)
    with caplog.at_level(logging.INFO, "rescalehtc.local"):
        htc = start()
    assert "getProjectBudget" in caplog.text
    answer = htc.call("GET", f"{htc.project()}/budget", 501)
    assert "rescalehtc/local/_handlers" in answer.json()["errorDescription"]
    key = {"Authorization": f"Token {htc.server.api_key}"}
    state = httpx.get(f"{htc.server.page_url}local/state", headers=key).json()
    assert "getProjectBudget" in state["notImplemented"]
    assert htc.run("true")["status"] == "SUCCEEDED"


@pytest.mark.slow
def test_an_orphaned_handler_is_reported_with_its_file_and_the_server_starts(
    start: Any, change: Any, caplog: pytest.LogCaptureFixture
) -> None:
    change(lambda document: document["paths"].pop("/htc/gcp/clusters/{workspaceId}", None) or remove_one(document))
    with caplog.at_level(logging.WARNING, "rescalehtc.local"):
        htc = start()
    assert "_handlers" in caplog.text
    assert "belongs to no operation of the API description" in caplog.text
    assert htc.run("true")["status"] == "SUCCEEDED"


def remove_one(document: Any) -> None:
    path = next(
        path for path, item in document["paths"].items() if item.get("get", {}).get("operationId") == "getMetrics"
    )
    del document["paths"][path]


@pytest.mark.slow
def test_the_server_starts_in_spite_of_an_unknown_security_scheme(start: Any, change: Any) -> None:
    def secure(document: Any) -> None:
        document["components"]["securitySchemes"]["Passkey"] = {"type": "http", "scheme": "passkey"}
        document["paths"]["/htc/projects"]["get"]["security"] = [{"Passkey": []}]

    change(secure)
    htc = start()
    htc.call("GET", "htc/projects", 401)
    htc.project()


def test_two_handlers_for_one_operation_are_refused() -> None:
    with pytest.raises(Exception, match="two handlers"):
        registry.operation("getProject")(lambda state, call: None)
