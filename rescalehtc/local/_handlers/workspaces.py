"""What belongs to the workspace: its dimensions and its limit."""

from __future__ import annotations

from rescalehtc.local import _regions
from rescalehtc.local._auth import USER_ID, WORKSPACE_ID
from rescalehtc.local._clock import iso
from rescalehtc.local._http import Call, not_found
from rescalehtc.local._jobs import host_architecture
from rescalehtc.local._routes import operation
from rescalehtc.local._types import JsonObject
from rescalehtc.local._world import World


def require_workspace(call: Call) -> str:
    """The workspace of the path.

    Raises:
        Refusal: 404 where it is not this server's one workspace.
    """
    workspace = call.param("workspaceId")
    if workspace != WORKSPACE_ID:
        raise not_found("The workspace", workspace)
    return workspace


def workspace_dimensions(world: World) -> list[JsonObject]:
    """One machine type, which takes any job that runs on this machine, in each enabled region."""
    derived = {
        "architecture": host_architecture(world.spec),
        # The largest jobs that the API description allows: they are processes here, and share what there is.
        "vCPUs": 64,
        "memory": 235520.0,
        "swap": False,
    }
    return [
        {"machineType": "local", "region": region, "priority": priority, "hyperthreading": True, "derived": derived}
        for region in _regions.enabled(world.spec)
        for priority in world.spec.enum("JobPriority")
    ]


@operation("getWorkspaceDimensions")
def get_workspace_dimensions(world: World, call: Call) -> list[JsonObject]:
    require_workspace(call)
    return workspace_dimensions(world)


@operation("getWorkspaceLimit")
def get_workspace_limit(world: World, call: Call) -> JsonObject:
    return {
        "workspaceId": require_workspace(call),
        "vCPUs": world.workspace_vcpus,
        "createdAt": iso(world.started),
        "createdBy": USER_ID,
        "updatedAt": iso(world.started),
        "updatedBy": USER_ID,
    }
