"""Locations and names of files in the storage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast
from urllib.parse import urlsplit

import attrs

from rescalehtc_generated.models.storage_access_token import StorageAccessToken

from .._http.settings import Settings
from .._records.odd_values import text
from .._utils.arguments import check_kind
from ..exceptions import HtcPayloadError, HtcStorageError


@attrs.frozen
class StoredFile:
    """A file in the storage.

    Attributes:
        path: Path below the folder of the project or task.
        size_bytes: Size in bytes.
        modified_at: Time of the last change.
        md5: MD5 checksum in hexadecimal, None if the storage has none.
    """

    path: str
    size_bytes: int
    modified_at: datetime | None
    md5: str | None = None


@attrs.frozen
class StorageLocation:
    """A folder in the storage, with the credentials that open it.

    Attributes:
        provider: Cloud provider.
        region: Region of the storage, under the service's name.
        bucket: Name of the bucket.
        prefix: Path of the folder in the bucket, with a slash at its end.
        credentials: Temporary credentials by name; never shown.
        expiration: Time at which they expire, if the service states it.
    """

    provider: str
    region: str | None
    bucket: str
    prefix: str
    credentials: Mapping[str, str] = attrs.field(repr=False)
    expiration: datetime | None = None

    @classmethod
    def of(cls, token: StorageAccessToken, task_folder: str | None) -> StorageLocation:
        """The shared folder of the project, or the folder of a task if one is given.

        Raises:
            HtcStorageError: The service did not say where it is.
        """
        shared = urlsplit(text(token.project_shared_storage_path))
        bucket = text(token.storage_name) or shared.netloc
        folder = shared.path if task_folder is None else text(task_folder)
        if not bucket or not folder.strip("/") or token.provider is None:
            raise HtcStorageError("The service does not say where the storage is.")
        region = None if token.region is None else str(token.region)
        # At run time they may be anything.
        sent: object = token.credentials
        pairs = cast("Mapping[str, object]", sent).items() if isinstance(sent, Mapping) else ()
        credentials = {name: value for name, value in pairs if isinstance(value, str)}
        return cls(str(token.provider), region, bucket, folder.strip("/") + "/", credentials, token.expiration)


def clean_path(path: str) -> str:
    """A path below the folder, without empty segments.

    Raises:
        ValueError: It names no file, or leads out of the folder.
    """
    check_kind("The remote path", path, str, "a string")
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]
    if not parts or ".." in parts or "\0" in path:
        raise HtcPayloadError(f"{path!r} does not name a file below the folder.")
    return "/".join(parts)


def task_id_of(target: object) -> str | None:
    """The task ID of a target, None for a project."""
    return getattr(target, "task_id", None)


def settings_of(session: object) -> Settings:
    """The settings of a session.

    Raises:
        HtcStorageError: It is not a session of this package.
    """
    settings = getattr(session, "settings", None)
    if not isinstance(settings, Settings):
        raise HtcStorageError("Files need an HtcSession or an AsyncHtcSession, which knows where the service is.")
    return settings
