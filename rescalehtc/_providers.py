"""The storage of a project or task at its cloud provider, through the provider's own library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from urllib.parse import urlsplit

import attrs

from rescalehtc_generated.models.cloud_provider import CloudProvider
from rescalehtc_generated.models.storage_access_token import StorageAccessToken

from ._job_errors import HtcStorageError, missing_extra
from ._redact import scrub


@attrs.frozen
class StoredFile:
    """A file in the storage.

    Attributes:
        path: Path below the folder of the project or task.
        size_bytes: Size in bytes.
        modified_at: Time of the last change.
    """

    path: str
    size_bytes: int
    modified_at: datetime | None


@attrs.frozen
class Place:
    """A folder in the storage, with the credentials that open it.

    Attributes:
        provider: Cloud provider.
        region: Region of the storage, under the service's name.
        bucket: Name of the bucket.
        prefix: Path of the folder in the bucket, with a slash at its end.
        credentials: Temporary credentials by name; never shown.
    """

    provider: str
    region: str | None
    bucket: str
    prefix: str
    credentials: Mapping[str, str] = attrs.field(repr=False)

    @classmethod
    def of(cls, token: StorageAccessToken, task_folder: str | None) -> Place:
        """The shared folder of the project, or the folder of a task where one is given.

        Raises:
            HtcStorageError: The service did not say where it is.
        """
        shared = urlsplit(token.project_shared_storage_path or "")
        bucket = token.storage_name or shared.netloc
        folder = shared.path if task_folder is None else task_folder
        if not bucket or not folder.strip("/") or token.provider is None:
            raise HtcStorageError("The service does not say where the storage is.")
        region = None if token.region is None else str(token.region)
        return cls(str(token.provider), region, bucket, folder.strip("/") + "/", token.credentials or {})


class Storage(Protocol):
    """What can be done at a provider."""

    def upload(self, path: Path, name: str) -> None: ...

    def download(self, name: str, file: BinaryIO) -> None: ...

    def list_files(self, prefix: str) -> Iterator[StoredFile]: ...


def connect(place: Place) -> Storage:
    """The storage at its provider.

    Raises:
        HtcMissingExtraError: The provider's library is not installed.
        HtcStorageError: The provider is not supported, or the credentials are not understood.
    """
    if place.provider == CloudProvider.AWS:
        return _S3(place)
    if place.provider == CloudProvider.GCP:
        return _Gcs(place)
    raise HtcStorageError(f"Files of the provider {place.provider} are not supported.")


def told(error: Exception, place: Place) -> HtcStorageError:
    """What a provider's library raised, as an exception of this package and without credentials."""
    return HtcStorageError(f"{type(error).__name__}: {scrub(str(error), place.credentials.values())}")


class _S3:
    def __init__(self, place: Place) -> None:
        try:
            boto3: Any = import_module("boto3")
        except ImportError:
            raise missing_extra("Storage on AWS", "aws") from None
        names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
        if any(name not in place.credentials for name in names[:2]):
            raise HtcStorageError("The service gave no credentials that AWS understands.")
        self._place = place
        # Passed one by one, so that the user's own AWS credentials never mix in.
        self._client: Any = boto3.client(
            "s3",
            region_name=_aws_region(place.region),
            **{name.lower(): place.credentials[name] for name in names if name in place.credentials},
        )

    def upload(self, path: Path, name: str) -> None:
        self._client.upload_file(str(path), self._place.bucket, self._place.prefix + name)

    def download(self, name: str, file: BinaryIO) -> None:
        self._client.download_fileobj(self._place.bucket, self._place.prefix + name, file)

    def list_files(self, prefix: str) -> Iterator[StoredFile]:
        start = self._place.prefix
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._place.bucket, Prefix=start + prefix)
        for page in pages:
            for item in page.get("Contents", ()):
                yield StoredFile(item["Key"].removeprefix(start), item["Size"], item.get("LastModified"))


class _Gcs:
    def __init__(self, place: Place) -> None:
        try:
            storage: Any = import_module("google.cloud.storage")
            oauth2: Any = import_module("google.oauth2.credentials")
        except ImportError:
            raise missing_extra("Storage on Google Cloud", "gcp") from None
        # The service does not document the name of the token.
        tokens = [value for name, value in place.credentials.items() if "TOKEN" in name.upper()]
        if len(tokens) != 1:
            raise HtcStorageError("The service gave no credentials that Google Cloud understands.")
        self._place = place
        # A project is needed by the library only, which would look for one on this machine.
        self._client: Any = storage.Client(project="none", credentials=oauth2.Credentials(tokens[0]))
        self._bucket: Any = self._client.bucket(place.bucket)

    def upload(self, path: Path, name: str) -> None:
        self._bucket.blob(self._place.prefix + name).upload_from_filename(str(path))

    def download(self, name: str, file: BinaryIO) -> None:
        self._bucket.blob(self._place.prefix + name).download_to_file(file)

    def list_files(self, prefix: str) -> Iterator[StoredFile]:
        start = self._place.prefix
        for blob in self._client.list_blobs(self._place.bucket, prefix=start + prefix):
            yield StoredFile(blob.name.removeprefix(start), blob.size or 0, blob.updated)


def _aws_region(region: str | None) -> str | None:
    # AWS_US_EAST_2 is us-east-2.
    return None if region is None else region.removeprefix("AWS_").lower().replace("_", "-")
