"""Schemathesis over every operation of the description: requests that fit and requests that do not.

Where the server refuses what the description lets through, or accepts what it does not, the reason is here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import positive_data_acceptance

from rescalehtc.local import LocalServer
from rescalehtc.local._handlers import load_handlers
from rescalehtc.local._handlers.registry import operations_without_handler
from rescalehtc.local._wire.spec import load_spec

pytestmark = pytest.mark.slow

#: Refusals of requests that match the description, by the code that the server returns.
EXPLAINED = {
    "INVALID_PAGE_INDEX": "a cursor is opaque, so a made-up one cannot be right",
    "INVALID_PAGE_SIZE": "the description gives no lower bound for pageSize; a page without items would never end",
    "INVALID_PATH": "a path that leads out of its folder, or names no file",
    "LIMIT_OUT_OF_RANGE": "the description bounds a stored limit but not the one that is sent",
    "INVALID_LIFECYCLE": "a task is deleted with DELETE, not by PATCH",
    "TASK_HAS_UNFINISHED_JOBS": "a rule of the service, beyond any schema",
    "REGION_NOT_ENABLED": "a rule of the workspace, beyond any schema",
    "invalid_client": "the description says nothing of the form that /oauth2/token takes",
}


load_handlers()
#: The server answers these with 501, whatever is sent.
NOT_IMPLEMENTED = set(operations_without_handler(load_spec()))


def describe() -> dict[str, Any]:
    """The description for schemathesis."""
    document = deepcopy(load_spec().document)
    schemas = document["components"]["schemas"]

    def inline(node: Any) -> Any:
        """A request schema without what is read-only: the server does not look at those fields at all."""
        if isinstance(node, list):
            return [inline(part) for part in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return inline(schemas[node["$ref"].rpartition("/")[2]])
        out = {name: inline(part) for name, part in node.items() if name != "example"}
        properties = out.get("properties", {})
        hidden = {name for name, part in properties.items() if part.get("readOnly")}
        if hidden:
            out["properties"] = {name: part for name, part in properties.items() if name not in hidden}
            out["required"] = [name for name in out.get("required", []) if name not in hidden]
            if not out["required"]:
                del out["required"]
        return out

    for item in document["paths"].values():
        for method, operation in list(item.items()):
            if method == "parameters":
                continue
            if operation["operationId"] in NOT_IMPLEMENTED:
                del item[method]
                continue
            # The public description lists 400 for two operations only; any request can be malformed.
            operation["responses"].setdefault("400", {"$ref": "#/components/responses/BadRequest"})
            for media in operation.get("requestBody", {}).get("content", {}).values():
                media["schema"] = inline(media["schema"])
    return document


schema = schemathesis.openapi.from_dict(describe())
# Parameters that the description does not know are passed over, as are fields: a client may be newer. Credentials have
# tests of their own.
schema.config.generation.update(allow_extra_parameters=False, with_security_parameters=False)
load_all_checks()
# The end of the test below replaces the omitted check; it knows the explained refusals.
CHECKS = [check for check in schemathesis.checks.CHECKS.get_all() if check is not positive_data_acceptance]


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    # Without a single vCPU, because these made-up jobs must never run.
    with LocalServer(workspace_vcpus=0, check_answers=True) as server:
        yield server


@pytest.fixture(scope="module")
def places(server: LocalServer) -> dict[str, Place]:
    """A place for each operation."""
    return {}


class Place:
    """What exists, so that requests reach the handlers."""

    def __init__(self, server: LocalServer) -> None:
        self.key = f"Token {server.api_key}"
        with httpx.Client(base_url=server.url + "/") as http:
            token = http.get("auth/token", headers={"Authorization": self.key}).json()["tokenValue"]
            self.bearer = http.headers["Authorization"] = f"Bearer {token}"
            project = http.post("htc/projects", json={"projectName": "p", "projectDescription": "-"}).json()
            tasks = f"htc/projects/{project['projectId']}/tasks"
            task = http.post(tasks, json={"taskName": "t", "taskDescription": "-"}).json()
            batch = [{"htcJobDefinition": {"imageName": "any"}}]
            job = http.post(f"{tasks}/{task['taskId']}/jobs/batch", params={"group": "0"}, json=batch).json()
        self.real = {
            "projectId": project["projectId"],
            "taskId": task["taskId"],
            "jobId": f"{job[0]['parentJobId']}:0",
            "workspaceId": "local",
        }


def made_up_by(number: int) -> Any:
    """A test of each operation with the requests that a seed leads to."""

    @schema.parametrize()
    @seed(number)
    # For a night: HTC_EXAMPLES=100
    @settings(
        max_examples=int(os.environ.get("HTC_EXAMPLES", "3")),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def test(case: Any, server: LocalServer, places: dict[str, Place]) -> None:
        label = case.operation.label
        place = places.get(label) or places.setdefault(label, Place(server))
        for name in case.path_parameters or {}:
            case.path_parameters[name] = place.real.get(name, case.path_parameters[name])
        schemes = [
            name for choice in case.operation.definition.raw.get("security", [{"Bearer": []}]) for name in choice
        ]
        authorization = place.bearer if "Bearer" in schemes else place.key
        response = case.call_and_validate(base_url=server.url, headers={"Authorization": authorization}, checks=CHECKS)
        parts = case.meta.components if case.meta else {}
        broken = {part for part, how in parts.items() if how.mode is GenerationMode.NEGATIVE}
        if response.status_code == 400 and not broken:
            body = response.json()
            assert (body.get("errorType") or body.get("error")) in EXPLAINED

    return test


test_seed_1, test_seed_2, test_seed_3 = map(made_up_by, (1, 2, 3))
