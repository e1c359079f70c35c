"""Task retention policies of projects and of the workspace, in hours; 0 switches off."""

from __future__ import annotations

from typing import Any

from rescalehtc.local._auth import WORKSPACE_ID
from rescalehtc.local._clock import iso
from rescalehtc.local._handlers.workspaces import require_workspace
from rescalehtc.local._http import Call, not_found
from rescalehtc.local._retention import WORKSPACE_OWNER
from rescalehtc.local._routes import operation
from rescalehtc.local._types import JsonObject
from rescalehtc.local._world import World


def _read(world: World, owner: str) -> Any:
    return world.store.row("SELECT archive_after, delete_after, created FROM policy WHERE owner = ?", owner)


def _replace(world: World, owner: str, body: JsonObject) -> None:
    values = (owner, body["archiveAfter"], body["deleteAfter"], world.clock.millis())
    world.store.write("INSERT OR REPLACE INTO policy VALUES (?, ?, ?, ?)", values)


def _show(row: Any) -> JsonObject:
    archive_after, delete_after, created = row
    return {"archiveAfter": archive_after, "deleteAfter": delete_after, "createdAt": iso(created)}


@operation("getProjectTaskRetentionPolicy")
def get_project_policy(world: World, call: Call) -> JsonObject:
    project = call.param("projectId")
    world.require_project(project)
    row = _read(world, project)
    if row is None:
        raise not_found("A retention policy of the project", project)
    return {"projectId": project, **_show(row)}


@operation("replaceProjectTaskRetentionPolicy")
def replace_project_policy(world: World, call: Call) -> JsonObject:
    project = call.param("projectId")
    world.require_project(project)
    _replace(world, project, call.object)
    return get_project_policy(world, call)


@operation("deleteProjectTaskRetentionPolicy")
def delete_project_policy(world: World, call: Call) -> None:
    """Deleting a policy that does not exist changes nothing."""
    project = call.param("projectId")
    world.require_project(project)
    world.store.write("DELETE FROM policy WHERE owner = ?", (project,))


@operation("getWorkspaceTaskRetentionPolicy")
def get_workspace_policy(world: World, call: Call) -> JsonObject:
    """Until one is set, both periods are off."""
    require_workspace(call)
    return {"workspaceId": WORKSPACE_ID, **_show(_read(world, WORKSPACE_OWNER) or (0, 0, world.started))}


@operation("replaceWorkspaceTaskRetentionPolicy")
def replace_workspace_policy(world: World, call: Call) -> JsonObject:
    require_workspace(call)
    _replace(world, WORKSPACE_OWNER, call.object)
    return get_workspace_policy(world, call)
