"""Projects and their dimensions."""

from __future__ import annotations

import json
import uuid

from .._server_state import ServerState
from .._state.clock import iso
from .._state.credentials import ORGANIZATION_CODE, USER_ID, WORKSPACE_ID
from .._wire import regions as known_regions
from .._wire.messages import Call, encode
from .._wire.paging import page, page_size, position
from .._wire.types import JsonObject
from .registry import operation
from .workspaces import workspace_dimensions

#: What clients look for to recognize a registry on AWS. Here it is a path, so that nothing is ever sent to AWS.
REGISTRY_PATH = "000000000000.dkr.ecr.us-east-1.amazonaws.com"


def registry(state: ServerState, project_id: str) -> str:
    """Address of a project's registry on this server.

    Under the name ``localhost``, docker speaks plain HTTP.
    """
    host = state.origin.partition("://")[2]
    name, _, port = host.rpartition(":")
    if name in ("127.0.0.1", "[::1]", "0.0.0.0", "[::]"):
        name = "localhost"
    return f"{name}:{port}/{REGISTRY_PATH}/{project_id}/"


def refresh_registries(state: ServerState) -> None:
    """Update the addresses: the port may have changed since the last run."""
    for (text,) in state.store.rows("SELECT body FROM project"):
        body: JsonObject = json.loads(text)
        address = registry(state, body["projectId"])
        if body["containerRegistry"] != address:
            save_project(state, {**body, "containerRegistry": address})


@operation("listProjects")
def list_projects(state: ServerState, call: Call) -> bytes:
    """Oldest first. All projects belong to the only user, so ``onlyMyProjects`` makes no difference."""
    size, after = page_size(call), position(call) or 0
    rows = state.store.rows("SELECT seq, body FROM project WHERE seq > ? ORDER BY seq LIMIT ?", after, size + 1)
    shown = rows[:size]
    return page(call, [body for _, body in shown], shown[-1][0] if len(rows) > size else None)


@operation("createProject")
def create_project(state: ServerState, call: Call) -> bytes:
    project_id = str(uuid.uuid4())
    sent = call.body
    regions = sent.get("regions") or [known_regions.default(state.spec)]
    body = {
        "projectId": project_id,
        "projectName": sent["projectName"],
        "projectDescription": sent["projectDescription"],
        "regions": regions,
        "regionSettings": sent.get("regionSettings") or [_region_settings(region) for region in regions],
        "repositories": [],
        "containerRegistry": registry(state, project_id),
        "projectFolderPath": f"projects/{project_id}/",
        "workspaceId": WORKSPACE_ID,
        "organizationCode": ORGANIZATION_CODE,
        "createdBy": USER_ID,
        "createdAt": iso(state.clock.millis()),
    }
    text = encode(body)
    state.store.write("INSERT INTO project (id, body) VALUES (?, ?)", (project_id, text.decode()))
    return text


def _region_settings(region: str) -> JsonObject:
    return {"computeSettings": {"computeRegion": region}, "storageSettings": {"storageRegion": region}}


@operation("getProject")
def get_project(state: ServerState, call: Call) -> bytes:
    return state.project_text(call.path["projectId"]).encode("ascii")


@operation("updateProject")
def update_project(state: ServerState, call: Call) -> JsonObject:
    """Only ``regions`` can be changed; the region settings follow it."""
    body = state.project(call.path["projectId"])
    if call.body.get("regions"):
        body["regions"] = call.body["regions"]
        body["regionSettings"] = [_region_settings(region) for region in body["regions"]]
        save_project(state, body)
    return body


def save_project(state: ServerState, body: JsonObject) -> None:
    state.store.write("UPDATE project SET body = ? WHERE id = ?", (encode(body).decode(), body["projectId"]))


@operation("getProjectDimensions")
def get_project_dimensions(state: ServerState, call: Call) -> bytes:
    """Empty until they are set: the project may use everything that its workspace offers."""
    project = call.path["projectId"]
    state.require_project(project)
    row = state.store.row("SELECT body FROM dimensions WHERE project = ?", project)
    return b"[]" if row is None else row[0].encode()


@operation("replaceProjectDimensions")
def replace_project_dimensions(state: ServerState, call: Call) -> list[JsonObject]:
    """Fills in ``derived`` for the workspace's machine types. The dimensions have no effect on jobs here."""
    project = call.path["projectId"]
    state.require_project(project)
    derived = {each["machineType"]: each["derived"] for each in workspace_dimensions(state)}
    kept: list[JsonObject] = call.body
    for each in kept:
        each.pop("derived", None)
        if each.get("machineType") in derived:
            each["derived"] = derived[each["machineType"]]
    state.store.write("INSERT OR REPLACE INTO dimensions VALUES (?, ?)", (project, encode(kept).decode()))
    return kept
