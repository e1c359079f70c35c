"""Regions and clusters."""

from __future__ import annotations

from .._jobs.records import host_architecture
from .._server_state import ServerState
from .._state.clock import iso
from .._state.credentials import USER_ID, WORKSPACE_ID
from .._wire import regions as known_regions
from .._wire.messages import Call
from .._wire.types import JsonObject
from .registry import operation


def _settings(state: ServerState, region: str) -> JsonObject:
    """All regions have the same weight, and offer what this machine has."""
    return {
        "region": region,
        "cloudProvider": known_regions.provider_of(region),
        "enabled": region in known_regions.enabled(state.spec),
        "weight": 1,
        "supportedArchitectures": [host_architecture(state.spec)],
        "updatedAt": iso(state.started),
        "updatedBy": USER_ID,
    }


@operation("listRegions")
def list_regions(state: ServerState, call: Call) -> list[JsonObject]:
    provider: str | None = call.query["cloudProvider"]
    wanted: bool | None = call.query["enabled"]
    return [
        region
        for region in (_settings(state, name) for name in known_regions.supported(state.spec))
        if provider in (None, region["cloudProvider"]) and wanted in (None, region["enabled"])
    ]


@operation("getRegion")
def get_region(state: ServerState, call: Call) -> JsonObject:
    return _settings(state, call.path["region"])


@operation("getGcpClusters")
def get_gcp_clusters(state: ServerState, call: Call) -> JsonObject:
    """One cluster of one node for each enabled GCP region; none for any workspace but this server's."""
    if call.path["workspaceId"] != WORKSPACE_ID:
        return {"clusters": []}
    pool = {
        "name": "local",
        "instanceType": "local",
        "status": "RUNNING",
        "autoscaling": {"enabled": False, "minNodeCount": 1, "maxNodeCount": 1},
    }
    regions = [name for name in known_regions.enabled(state.spec) if known_regions.provider_of(name) == "GCP"]
    return {
        "gcpProjectId": "local",
        "clusters": [
            {
                "name": f"local-{name.lower().replace('_', '-')}",
                "region": name,
                "status": "RUNNING",
                "nodePools": [pool],
            }
            for name in regions
        ],
    }
