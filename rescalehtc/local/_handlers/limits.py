"""vCPU limits of a project."""

from __future__ import annotations

import json

from rescalehtc.local._auth import USER_ID, WORKSPACE_ID
from rescalehtc.local._clock import iso
from rescalehtc.local._http import Call, bad_request, encode, not_found
from rescalehtc.local._routes import operation
from rescalehtc.local._types import JsonObject
from rescalehtc.local._world import World


def _save(world: World, body: JsonObject) -> JsonObject:
    """Store a limit and let the jobs that wait for it look again.

    Raises:
        Refusal: 400 where the limit as it would be answered does not fit the description.
    """
    try:
        world.spec.check_answer("HTCProjectLimit", body)
    except ValueError as error:
        raise bad_request(str(error), "LIMIT_OUT_OF_RANGE") from None
    world.store.write(
        "INSERT OR REPLACE INTO project_limit VALUES (?, ?, ?, ?, ?)",
        (body["projectId"], body["id"], body["modifierRole"], body["vCPUs"], encode(body).decode()),
    )
    world.scheduler.wake()
    return body


def _find(world: World, call: Call) -> JsonObject:
    project = call.param("projectId")
    world.require_project(project)
    row = world.store.row("SELECT body FROM project_limit WHERE project = ? AND id = ?", project, call.path["id"])
    if row is None:
        raise not_found("The limit", call.path["id"])
    return json.loads(row[0])


@operation("listProjectLimits")
def list_project_limits(world: World, call: Call) -> list[JsonObject]:
    project = call.param("projectId")
    world.require_project(project)
    rows = world.store.rows("SELECT body FROM project_limit WHERE project = ? ORDER BY id", project)
    return [json.loads(body) for (body,) in rows]


@operation("createProjectLimit")
def create_project_limit(world: World, call: Call) -> JsonObject:
    """Overwrites the limit of the same role, which keeps its number."""
    project, role = call.param("projectId"), call.object["modifierRole"]
    world.require_project(project)
    now = iso(world.clock.millis())
    row = world.store.row("SELECT body FROM project_limit WHERE project = ? AND role = ?", project, role)
    if row is not None:
        body: JsonObject = json.loads(row[0])
    else:
        highest = world.store.row("SELECT max(id) FROM project_limit WHERE project = ?", project)[0]
        body = {
            "id": (highest or 0) + 1,
            "projectId": project,
            "workspaceId": WORKSPACE_ID,
            "modifierRole": role,
            "createdBy": USER_ID,
            "createdAt": now,
        }
    return _save(world, {**body, "vCPUs": call.object["vCPUs"], "updatedAt": now, "updatedBy": USER_ID})


@operation("getProjectLimit")
def get_project_limit(world: World, call: Call) -> JsonObject:
    return _find(world, call)


@operation("updateProjectLimit")
def update_project_limit(world: World, call: Call) -> JsonObject:
    now = iso(world.clock.millis())
    return _save(world, {**_find(world, call), "vCPUs": call.object["vCPUs"], "updatedAt": now, "updatedBy": USER_ID})


@operation("deleteProjectLimit")
def delete_project_limit(world: World, call: Call) -> None:
    body = _find(world, call)
    world.store.write("DELETE FROM project_limit WHERE project = ? AND id = ?", (body["projectId"], body["id"]))
    world.scheduler.wake()


@operation("deleteProjectLimits")
def delete_project_limits(world: World, call: Call) -> None:
    project = call.param("projectId")
    world.require_project(project)
    world.store.write("DELETE FROM project_limit WHERE project = ?", (project,))
    world.scheduler.wake()
