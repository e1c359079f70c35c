"""Object storage: where it is, credentials for it, and presigned URLs.

There is one storage, a folder of this machine, which stands for the storage of every region of the project. The
credentials open the S3 API of the local server; presigned URLs work. How the service names the credentials of clouds
other than AWS is not published; here they have the names of AWS on every cloud.
"""

from __future__ import annotations

from dataclasses import dataclass

from .._server_state import ServerState
from .._state.clock import iso
from .._state.credentials import USER_ID
from .._state.files import Files, clean_path
from .._state.storage_access import STORAGE_NAME, StorageAccess, presign
from .._wire import regions
from .._wire.messages import Call, not_found
from .._wire.types import JsonObject
from .registry import operation

#: Seconds that credentials and presigned URLs are valid.
VALIDITY = 3600


def _option(region: str) -> JsonObject:
    return {"provider": regions.provider_of(region), "region": region, "storageName": STORAGE_NAME}


@operation("listStorage")
def list_storage(state: ServerState, call: Call) -> list[JsonObject]:
    return [_option(region) for region in regions.enabled(state.spec)]


@operation("getRegionStorage")
def get_region_storage(state: ServerState, call: Call) -> JsonObject:
    return _option(_require_enabled(state, call.path["region"]))


def _require_enabled(state: ServerState, region: str) -> str:
    if region not in regions.enabled(state.spec):
        raise not_found("Storage in the region", region)
    return region


def _token(state: ServerState, location: _Location, region: str) -> JsonObject:
    return {
        **_option(region),
        "projectId": location.project_id,
        "projectSharedStoragePath": f"s3://{STORAGE_NAME}/{Files.project_key(location.project_id)}/",
        # Not in the public description, but the service's tutorial reads it.
        **({"storagePath": f"s3://{STORAGE_NAME}/{location.key}/"} if location.is_task else {}),
        "user": USER_ID,
        "credentials": location.credentials(state),
        "expiration": iso(state.clock.millis() + VALIDITY * 1000),
    }


@dataclass(slots=True)
class _Location:
    """The storage of the project or task in the path of a call."""

    project_id: str
    key: str
    #: The regions of the project that are enabled, its default first.
    regions: list[str]

    @property
    def is_task(self) -> bool:
        return self.key != Files.project_key(self.project_id)

    def credentials(self, state: ServerState) -> dict[str, str]:
        prefixes = [f"{key}/" for key in dict.fromkeys((self.key, Files.project_key(self.project_id)))]
        return StorageAccess(state.credentials, state.clock).issue(prefixes, VALIDITY)


def _location(state: ServerState, call: Call) -> _Location:
    project = state.project(call.path["projectId"])
    project_id: str = project["projectId"]
    enabled = regions.of_project(state.spec, project)
    if "taskId" not in call.path:
        return _Location(project_id, Files.project_key(project_id), enabled)
    return _Location(project_id, Files.task_key(project_id, state.task(project_id, call.path["taskId"]).id), enabled)


@operation("getProjectStorageToken")
@operation("getTaskStorageToken")
def get_storage_token(state: ServerState, call: Call) -> JsonObject:
    location = _location(state, call)
    return _token(state, location, location.regions[0])


@operation("getProjectRegionStorageToken")
@operation("getTaskRegionStorageToken")
def get_region_storage_token(state: ServerState, call: Call) -> JsonObject:
    location, region = _location(state, call), call.path["region"]
    if region not in location.regions:
        raise not_found("Storage of the project in the region", region)
    return _token(state, location, region)


@operation("listProjectStorageTokens")
@operation("listTaskStorageTokens")
def list_storage_tokens(state: ServerState, call: Call) -> JsonObject:
    location = _location(state, call)
    return {
        "defaultRegion": location.regions[0],
        "regionStores": [_token(state, location, region) for region in location.regions],
    }


@operation("getTaskRegionalStorage")
def get_task_regional_storage(state: ServerState, call: Call) -> JsonObject:
    location = _location(state, call)
    return {
        "rescaleRegion": location.regions[0],
        "regionalStores": [
            {
                "provider": regions.provider_of(region),
                "region": region,
                "projectPath": f"s3://{STORAGE_NAME}/{Files.project_key(location.project_id)}/",
                "taskPath": f"s3://{STORAGE_NAME}/{location.key}/",
                "credentials": location.credentials(state),
            }
            for region in location.regions
        ],
    }


@operation("getProjectPresignedUrl")
@operation("getTaskPresignedUrl")
def get_presigned_url(state: ServerState, call: Call) -> JsonObject:
    """A URL for PUT. The file is in the folder that the jobs of the project or task share."""
    location = _location(state, call)
    expires = int(state.clock.now()) + VALIDITY
    key = f"{location.key}/{clean_path(call.query['filePath'])}"
    return {
        "url": presign(state.credentials, call.origin, key, expires),
        "expiration": iso(expires * 1000),
        "region": location.regions[0],
        "storageName": STORAGE_NAME,
    }
