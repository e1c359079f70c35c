"""vCPU limits of a project."""

from __future__ import annotations

import json

from .._server_state import ServerState
from .._state.clock import iso
from .._state.credentials import USER_ID, WORKSPACE_ID
from .._wire.messages import Call, bad_request, encode, not_found
from .._wire.types import JsonObject
from .registry import operation


def _save(state: ServerState, body: JsonObject) -> JsonObject:
    """Store a limit and wake the jobs that wait for it.

    Raises:
        ApiError: 400 if the limit does not match the description of the response.
    """
    try:
        state.spec.check_value("HTCProjectLimit", body)
    except ValueError as error:
        raise bad_request(str(error), "LIMIT_OUT_OF_RANGE") from None
    state.store.write(
        "INSERT OR REPLACE INTO project_limit VALUES (?, ?, ?, ?, ?)",
        (body["projectId"], body["id"], body["modifierRole"], body["vCPUs"], encode(body).decode()),
    )
    state.scheduler.wake()
    return body


def _find(state: ServerState, call: Call) -> JsonObject:
    project = call.path["projectId"]
    state.require_project(project)
    row = state.store.row("SELECT body FROM project_limit WHERE project = ? AND id = ?", project, call.path["id"])
    if row is None:
        raise not_found("The limit", call.path["id"])
    return json.loads(row[0])


@operation("listProjectLimits")
def list_project_limits(state: ServerState, call: Call) -> list[JsonObject]:
    project = call.path["projectId"]
    state.require_project(project)
    rows = state.store.rows("SELECT body FROM project_limit WHERE project = ? ORDER BY id", project)
    return [json.loads(body) for (body,) in rows]


@operation("createProjectLimit")
def create_project_limit(state: ServerState, call: Call) -> JsonObject:
    """Overwrites the limit of the same role, which keeps its number."""
    project, role = call.path["projectId"], call.body["modifierRole"]
    state.require_project(project)
    now = iso(state.clock.millis())
    row = state.store.row("SELECT body FROM project_limit WHERE project = ? AND role = ?", project, role)
    if row is not None:
        body: JsonObject = json.loads(row[0])
    else:
        highest = state.store.row("SELECT max(id) FROM project_limit WHERE project = ?", project)[0]
        body = {
            "id": (highest or 0) + 1,
            "projectId": project,
            "workspaceId": WORKSPACE_ID,
            "modifierRole": role,
            "createdBy": USER_ID,
            "createdAt": now,
        }
    return _save(state, {**body, "vCPUs": call.body["vCPUs"], "updatedAt": now, "updatedBy": USER_ID})


@operation("getProjectLimit")
def get_project_limit(state: ServerState, call: Call) -> JsonObject:
    return _find(state, call)


@operation("updateProjectLimit")
def update_project_limit(state: ServerState, call: Call) -> JsonObject:
    now = iso(state.clock.millis())
    return _save(state, {**_find(state, call), "vCPUs": call.body["vCPUs"], "updatedAt": now, "updatedBy": USER_ID})


@operation("deleteProjectLimit")
def delete_project_limit(state: ServerState, call: Call) -> None:
    body = _find(state, call)
    state.store.write("DELETE FROM project_limit WHERE project = ? AND id = ?", (body["projectId"], body["id"]))
    state.scheduler.wake()


@operation("deleteProjectLimits")
def delete_project_limits(state: ServerState, call: Call) -> None:
    project = call.path["projectId"]
    state.require_project(project)
    state.store.write("DELETE FROM project_limit WHERE project = ?", (project,))
    state.scheduler.wake()
