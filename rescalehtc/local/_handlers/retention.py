"""Task retention policies of projects and of the workspace, in hours; 0 switches them off."""

from __future__ import annotations

from typing import Any

from .._jobs.retention import WORKSPACE_OWNER
from .._server_state import ServerState
from .._state.clock import iso
from .._state.credentials import WORKSPACE_ID
from .._wire.messages import Call, not_found
from .._wire.types import JsonObject
from .registry import operation
from .workspaces import require_workspace


def _read(state: ServerState, owner: str) -> Any:
    return state.store.row("SELECT archive_after, delete_after, created FROM policy WHERE owner = ?", owner)


def _replace(state: ServerState, owner: str, body: JsonObject) -> None:
    values = (owner, body["archiveAfter"], body["deleteAfter"], state.clock.millis())
    state.store.write("INSERT OR REPLACE INTO policy VALUES (?, ?, ?, ?)", values)


def _show(row: Any) -> JsonObject:
    archive_after, delete_after, created = row
    return {"archiveAfter": archive_after, "deleteAfter": delete_after, "createdAt": iso(created)}


@operation("getProjectTaskRetentionPolicy")
def get_project_policy(state: ServerState, call: Call) -> JsonObject:
    project = call.path["projectId"]
    state.require_project(project)
    row = _read(state, project)
    if row is None:
        raise not_found("A retention policy of the project", project)
    return {"projectId": project, **_show(row)}


@operation("replaceProjectTaskRetentionPolicy")
def replace_project_policy(state: ServerState, call: Call) -> JsonObject:
    project = call.path["projectId"]
    state.require_project(project)
    _replace(state, project, call.body)
    return get_project_policy(state, call)


@operation("deleteProjectTaskRetentionPolicy")
def delete_project_policy(state: ServerState, call: Call) -> None:
    """Deleting a policy that does not exist changes nothing."""
    project = call.path["projectId"]
    state.require_project(project)
    state.store.write("DELETE FROM policy WHERE owner = ?", (project,))


@operation("getWorkspaceTaskRetentionPolicy")
def get_workspace_policy(state: ServerState, call: Call) -> JsonObject:
    """Until one is set, both periods are off."""
    require_workspace(call)
    return {"workspaceId": WORKSPACE_ID, **_show(_read(state, WORKSPACE_OWNER) or (0, 0, state.started))}


@operation("replaceWorkspaceTaskRetentionPolicy")
def replace_workspace_policy(state: ServerState, call: Call) -> JsonObject:
    require_workspace(call)
    _replace(state, WORKSPACE_OWNER, call.body)
    return get_workspace_policy(state, call)
