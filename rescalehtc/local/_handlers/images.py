"""Container images and repositories.

A project can have images without docker: creating a repository also creates the image ``<repository>:latest``, and the
control route creates any other. A new image is PENDING for ``REPLICATION`` seconds, divided by the speed. Jobs run as
processes; only with the option ``require_images`` must their image be READY.
"""

from __future__ import annotations

import hmac

from starlette.responses import PlainTextResponse, Response

from .._server_state import ServerState
from .._state.credentials import USER_ID, WORKSPACE_ID
from .._wire.messages import ApiError, Call, bad_request
from .._wire.types import JsonObject
from .projects import REGISTRY_PATH, registry, save_project
from .registry import operation

#: Seconds at speed 1 until an image is READY.
REPLICATION = 5.0
#: User name for logging in to a registry, as on AWS.
REGISTRY_USER = "AWS"


def add_image(state: ServerState, project_id: str, name: str) -> None:
    """Record that an image was pushed; the default tag is ``latest``. Pushing it again replicates it again."""
    ready = state.clock.millis() + int(state.clock.scaled(REPLICATION) * 1000)
    state.store.write("INSERT OR REPLACE INTO image VALUES (?, ?, ?)", (project_id, _tagged(name), ready))


def _tagged(name: str) -> str:
    return name if ":" in name.rpartition("/")[2] else f"{name}:latest"


def is_ready(state: ServerState, project_id: str, name: str) -> bool:
    """Whether jobs can run an image, named with or without the registry of its project."""
    name = _tagged(name.rpartition(f"{REGISTRY_PATH}/{project_id}/")[2])
    row = state.store.row("SELECT ready FROM image WHERE project = ? AND name = ?", project_id, name)
    return row is not None and state.clock.millis() >= row[0]


@operation("listImages")
def list_images(state: ServerState, call: Call) -> JsonObject:
    project = call.path["projectId"]
    state.require_project(project)
    rows = state.store.rows("SELECT name FROM image WHERE project = ? ORDER BY name", project)
    return {"containerRegistry": registry(state, project), "images": [name for (name,) in rows]}


@operation("getImageStatus", spans_slashes=True)
def get_image_status(state: ServerState, call: Call) -> JsonObject:
    project, name = call.path["projectId"], call.path["imageName"]
    row = state.store.row("SELECT ready FROM image WHERE project = ? AND name = ?", project, _tagged(name))
    if row is None:
        state.require_project(project)
        raise ApiError(404, "IMAGE_UNAVAILABLE", f"The image {name[:200]!r} is not in the registry of the project.")
    return {"status": "READY" if state.clock.millis() >= row[0] else "PENDING"}


@operation("createRepository", spans_slashes=True)
def create_repository(state: ServerState, call: Call) -> JsonObject:
    project, name = state.project(call.path["projectId"]), call.path["repoName"]
    project_id = project["projectId"]
    if len(name) > 256:
        raise bad_request("The name of a repository may have up to 256 characters.")
    known: list[str] = project["repositories"]
    created = name not in known
    if created:
        project["repositories"] = [*known, name]
        save_project(state, project)
        add_image(state, project_id, name)
    return {
        "projectId": project_id,
        "repositoryName": name,
        "registryURI": registry(state, project_id),
        "successfullyCreated": created,
        "workspaceId": WORKSPACE_ID,
        "createdBy": USER_ID,
    }


@operation("getRegistryToken")
def get_registry_token(state: ServerState, call: Call) -> Response:
    project = call.path["projectId"]
    state.require_project(project)
    return PlainTextResponse(_registry_token(state, project))


def _registry_token(state: ServerState, project_id: str) -> str:
    return f"{project_id}.{state.credentials.sign(f'registry {project_id}')}"


def is_registry_token(state: ServerState, project_id: str, token: str) -> bool:
    return hmac.compare_digest(_registry_token(state, project_id).encode(), token.encode())
