"""What belongs to the workspace: its dimensions and its limit."""

from __future__ import annotations

import os

from .._jobs.records import host_architecture
from .._server_state import ServerState
from .._state.clock import iso
from .._state.credentials import USER_ID, WORKSPACE_ID
from .._wire import regions
from .._wire.messages import Call, not_found
from .._wire.types import JsonObject
from .registry import operation


def require_workspace(call: Call) -> str:
    """The workspace of the path.

    Raises:
        ApiError: 404 if it is not this server's one workspace.
    """
    workspace = call.path["workspaceId"]
    if workspace != WORKSPACE_ID:
        raise not_found("The workspace", workspace)
    return workspace


def workspace_dimensions(state: ServerState) -> list[JsonObject]:
    """One machine type, which is this machine, in each enabled region."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**20
    except (ValueError, OSError):
        memory = 0.0
    derived = {
        "architecture": host_architecture(state.spec),
        "vCPUs": os.cpu_count() or 1,
        "memory": round(memory),
        "swap": False,
    }
    return [
        {"machineType": "local", "region": region, "priority": priority, "hyperthreading": True, "derived": derived}
        for region in regions.enabled(state.spec)
        for priority in state.spec.enum("JobPriority")
    ]


@operation("getWorkspaceDimensions")
def get_workspace_dimensions(state: ServerState, call: Call) -> list[JsonObject]:
    require_workspace(call)
    return workspace_dimensions(state)


@operation("getWorkspaceLimit")
def get_workspace_limit(state: ServerState, call: Call) -> JsonObject:
    return {
        "workspaceId": require_workspace(call),
        "vCPUs": state.options.workspace_vcpus,
        "createdAt": iso(state.started),
        "createdBy": USER_ID,
        "updatedAt": iso(state.started),
        "updatedBy": USER_ID,
    }
