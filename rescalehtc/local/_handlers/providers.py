"""Regions and clusters."""

from __future__ import annotations

from rescalehtc.local import _regions
from rescalehtc.local._auth import USER_ID, WORKSPACE_ID
from rescalehtc.local._clock import iso
from rescalehtc.local._http import Call
from rescalehtc.local._jobs import host_architecture
from rescalehtc.local._routes import operation
from rescalehtc.local._types import JsonObject
from rescalehtc.local._world import World


def _settings(world: World, region: str) -> JsonObject:
    """All regions weigh the same, and offer what this machine has."""
    return {
        "region": region,
        "cloudProvider": _regions.provider_of(region),
        "enabled": region in _regions.enabled(world.spec),
        "weight": 1,
        "supportedArchitectures": [host_architecture(world.spec)],
        "updatedAt": iso(world.started),
        "updatedBy": USER_ID,
    }


@operation("listRegions")
def list_regions(world: World, call: Call) -> list[JsonObject]:
    provider: str | None = call.query["cloudProvider"]
    wanted: bool | None = call.query["enabled"]
    return [
        region
        for region in (_settings(world, name) for name in _regions.supported(world.spec))
        if provider in (None, region["cloudProvider"]) and wanted in (None, region["enabled"])
    ]


@operation("getRegion")
def get_region(world: World, call: Call) -> JsonObject:
    return _settings(world, call.param("region"))


@operation("getGcpClusters")
def get_gcp_clusters(world: World, call: Call) -> JsonObject:
    """One cluster of one node for each enabled GCP region; none for a workspace that is not this server's."""
    if call.param("workspaceId") != WORKSPACE_ID:
        return {"clusters": []}
    pool = {
        "name": "local",
        "instanceType": "local",
        "status": "RUNNING",
        "autoscaling": {"enabled": False, "minNodeCount": 1, "maxNodeCount": 1},
    }
    regions = [name for name in _regions.enabled(world.spec) if _regions.provider_of(name) == "GCP"]
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
