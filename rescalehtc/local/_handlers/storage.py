"""Object storage: where it is, credentials for it, and presigned URLs.

There is one storage, a folder of this machine, which plays the storage of every enabled region. The credentials are
made up and open nothing; presigned URLs work. How the service names the credentials of other clouds than AWS is not
published; here they have the names of AWS on every cloud.
"""

from __future__ import annotations

from rescalehtc.local import _regions
from rescalehtc.local._auth import USER_ID
from rescalehtc.local._clock import iso
from rescalehtc.local._files import Files, clean_path
from rescalehtc.local._http import Call, not_found
from rescalehtc.local._routes import operation
from rescalehtc.local._transfer import presign
from rescalehtc.local._types import JsonObject
from rescalehtc.local._world import World

STORAGE_NAME = "local-storage"
#: Seconds that credentials and presigned URLs are valid.
VALIDITY = 3600


def _option(region: str) -> JsonObject:
    return {"provider": _regions.provider_of(region), "region": region, "storageName": STORAGE_NAME}


@operation("listStorage")
def list_storage(world: World, call: Call) -> list[JsonObject]:
    return [_option(region) for region in _regions.enabled(world.spec)]


@operation("getRegionStorage")
def get_region_storage(world: World, call: Call) -> JsonObject:
    return _option(_require_enabled(world, call.param("region")))


def _require_enabled(world: World, region: str) -> str:
    if region not in _regions.enabled(world.spec):
        raise not_found("Storage in the region", region)
    return region


def _credentials(world: World, key: str) -> dict[str, str]:
    now = int(world.clock.now())
    return {
        "AWS_ACCESS_KEY_ID": "LOCAL" + world.auth.sign(f"id {key}")[:15].upper(),
        "AWS_SECRET_ACCESS_KEY": world.auth.sign(f"secret {key}"),
        "AWS_SESSION_TOKEN": world.auth.sign(f"session {key} {now}"),
    }


def _token(world: World, project_id: str, key: str, region: str) -> JsonObject:
    return {
        **_option(region),
        "projectId": project_id,
        "projectSharedStoragePath": f"s3://{STORAGE_NAME}/{Files.project_key(project_id)}/",
        "user": USER_ID,
        "credentials": _credentials(world, key),
        "expiration": iso(world.clock.millis() + VALIDITY * 1000),
    }


def _place(world: World, call: Call) -> tuple[str, str, str]:
    """Project, storage key and default region of the project or task in the path."""
    project = world.project(call.param("projectId"))
    project_id: str = project["projectId"]
    enabled = _regions.enabled(world.spec)
    wanted = [region for region in project["regions"] if region in enabled]
    region = wanted[0] if wanted else enabled[0]
    if "taskId" not in call.path:
        return project_id, Files.project_key(project_id), region
    return project_id, Files.task_key(project_id, world.task(project_id, call.param("taskId")).id), region


@operation("getProjectStorageToken")
@operation("getTaskStorageToken")
def get_storage_token(world: World, call: Call) -> JsonObject:
    return _token(world, *_place(world, call))


@operation("getProjectRegionStorageToken")
@operation("getTaskRegionStorageToken")
def get_region_storage_token(world: World, call: Call) -> JsonObject:
    project_id, key, _ = _place(world, call)
    return _token(world, project_id, key, _require_enabled(world, call.param("region")))


@operation("listProjectStorageTokens")
@operation("listTaskStorageTokens")
def list_storage_tokens(world: World, call: Call) -> JsonObject:
    project_id, key, default = _place(world, call)
    regions = _regions.enabled(world.spec)
    return {
        "defaultRegion": default,
        "regionStores": [_token(world, project_id, key, region) for region in regions],
    }


@operation("getTaskRegionalStorage")
def get_task_regional_storage(world: World, call: Call) -> JsonObject:
    project_id, key, default = _place(world, call)
    return {
        "rescaleRegion": default,
        "regionalStores": [
            {
                "provider": _regions.provider_of(region),
                "region": region,
                "projectPath": f"s3://{STORAGE_NAME}/{Files.project_key(project_id)}/",
                "taskPath": f"s3://{STORAGE_NAME}/{key}/",
                "credentials": _credentials(world, key),
            }
            for region in _regions.enabled(world.spec)
        ],
    }


@operation("getProjectPresignedUrl")
@operation("getTaskPresignedUrl")
def get_presigned_url(world: World, call: Call) -> JsonObject:
    """The URL takes PUT, GET and HEAD. The file lies in the folder that the jobs of the project or task share."""
    _, key, region = _place(world, call)
    expires = int(world.clock.now()) + VALIDITY
    return {
        "url": presign(world, call.origin, f"{key}/{clean_path(call.query['filePath'])}", expires),
        "expiration": iso(expires * 1000),
        "region": region,
        "storageName": STORAGE_NAME,
    }
