"""Container images and repositories.

There is no registry to push to. So that a project can have images, making a repository also makes the image
`<repository>:latest`, and the control route makes any other. A new image is PENDING for `REPLICATION` seconds,
divided by the speed. Jobs run as processes and do not ask whether their image exists.
"""

from __future__ import annotations

from rescalehtc.local._auth import USER_ID, WORKSPACE_ID
from rescalehtc.local._handlers.projects import registry, save_project
from rescalehtc.local._http import Call, Refusal, bad_request
from rescalehtc.local._routes import operation
from rescalehtc.local._types import JsonObject
from rescalehtc.local._world import World

#: Seconds at speed 1 until an image is READY.
REPLICATION = 5.0


def add_image(world: World, project_id: str, name: str) -> None:
    """An image has been pushed; without a tag it is `latest`. Pushing it again replicates it again."""
    ready = world.clock.millis() + int(world.clock.scaled(REPLICATION) * 1000)
    world.store.write("INSERT OR REPLACE INTO image VALUES (?, ?, ?)", (project_id, _tagged(name), ready))


def _tagged(name: str) -> str:
    return name if ":" in name.rpartition("/")[2] else f"{name}:latest"


@operation("listImages")
def list_images(world: World, call: Call) -> JsonObject:
    project = call.param("projectId")
    world.require_project(project)
    rows = world.store.rows("SELECT name FROM image WHERE project = ? ORDER BY name", project)
    return {"containerRegistry": registry(project), "images": [name for (name,) in rows]}


@operation("getImageStatus", spans_slashes=True)
def get_image_status(world: World, call: Call) -> JsonObject:
    project, name = call.param("projectId"), call.param("imageName")
    row = world.store.row("SELECT ready FROM image WHERE project = ? AND name = ?", project, _tagged(name))
    if row is None:
        world.require_project(project)
        raise Refusal(404, "IMAGE_UNAVAILABLE", f"The image {name[:200]!r} is not in the registry of the project.")
    return {"status": "READY" if world.clock.millis() >= row[0] else "PENDING"}


@operation("createRepository", spans_slashes=True)
def create_repository(world: World, call: Call) -> JsonObject:
    project, name = world.project(call.param("projectId")), call.param("repoName")
    project_id = project["projectId"]
    if len(name) > 256:
        raise bad_request("The name of a repository has up to 256 characters.")
    known: list[str] = project["repositories"]
    created = name not in known
    if created:
        project["repositories"] = [*known, name]
        save_project(world, project)
        add_image(world, project_id, name)
    return {
        "projectId": project_id,
        "repositoryName": name,
        "registryURI": registry(project_id),
        "successfullyCreated": created,
        "workspaceId": WORKSPACE_ID,
        "createdBy": USER_ID,
    }


@operation("getRegistryToken")
def get_registry_token(world: World, call: Call) -> str:
    project = call.param("projectId")
    world.require_project(project)
    return f"local-registry-{world.auth.sign(f'registry {project}')}"
