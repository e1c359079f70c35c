"""The storage of a project or task at its cloud provider, through the provider's own library."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from rescalehtc_generated.models.cloud_provider import CloudProvider

from .._utils.redaction import scrub
from ..exceptions import HtcException, HtcMissingExtraError, HtcStorageError
from .locations import StorageLocation, StoredFile


class Storage(Protocol):
    """What a provider's storage can do."""

    def upload(self, path: Path, name: str) -> None: ...

    def download(self, name: str, file: BinaryIO) -> None: ...

    def list_files(self, prefix: str) -> Iterator[StoredFile]: ...


def use_storage(location: StorageLocation, transfer: Callable[[Storage], object]) -> None:
    """Run a transfer at the provider.

    Raises:
        HtcStorageError: The provider refuses it or cannot be reached.
        OSError: A local file cannot be read or written.
    """
    problem: HtcStorageError | None = None
    try:
        transfer(connect(location))
    except HtcException:
        raise
    except Exception as error:
        # Network errors of some libraries are OSErrors as well; those of files name a file.
        if isinstance(error, OSError) and error.filename is not None:
            raise
        problem = storage_error(error, location)
    if problem is not None:
        # Outside the handler: the provider's exception may hold credentials, and nothing may lead to it.
        raise problem


def connect(location: StorageLocation) -> Storage:
    """The storage at its provider.

    Raises:
        HtcMissingExtraError: The provider's library is not installed.
        HtcStorageError: The provider is not supported, or the credentials are not understood.
    """
    if location.provider == CloudProvider.AWS:
        return _S3(location)
    if location.provider == CloudProvider.GCP:
        return _Gcs(location)
    raise HtcStorageError(f"Files of the provider {location.provider} are not supported.")


def storage_error(error: Exception, location: StorageLocation) -> HtcStorageError:
    """The exception of a provider's library as one of this package, without credentials."""
    text = f"{type(error).__name__}: {scrub(str(error), location.credentials.values())}"
    status: Any = getattr(error, "code", None)
    with contextlib.suppress(TypeError, LookupError):
        details: Any = getattr(error, "response", None)
        status = details["ResponseMetadata"]["HTTPStatusCode"]
    kind = ExpiredCredentialsError if _EXPIRED.search(text) else HtcStorageError
    return kind(text, status if isinstance(status, int) else None)


class ExpiredCredentialsError(HtcStorageError):
    """The temporary credentials have expired; new ones may help."""


_EXPIRED = re.compile("ExpiredToken|token.* expired|expired.* token", re.IGNORECASE)


class _S3:
    def __init__(self, location: StorageLocation) -> None:
        try:
            boto3: Any = import_module("boto3")
        except ImportError:
            raise HtcMissingExtraError.of("Storage on AWS", "aws") from None
        names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
        if any(name not in location.credentials for name in names[:2]):
            raise HtcStorageError("The service sent no credentials that AWS understands.")
        self._location = location
        # Passed one by one, so that the user's own AWS credentials never mix in.
        self._client: Any = boto3.client(
            "s3",
            region_name=aws_region(location.region),
            **{name.lower(): location.credentials[name] for name in names if name in location.credentials},
        )

    def upload(self, path: Path, name: str) -> None:
        self._client.upload_file(str(path), self._location.bucket, self._location.prefix + name)

    def download(self, name: str, file: BinaryIO) -> None:
        place = {"Bucket": self._location.bucket, "Key": self._location.prefix + name}
        head = self._client.head_object(**place)
        self._client.download_fileobj(*place.values(), file)
        # The library checks neither: it accepts an incomplete file.
        _check_size(file, head["ContentLength"])
        if _has_md5(head, self._location.bucket):
            _check_md5(file, _md5(head))

    def list_files(self, prefix: str) -> Iterator[StoredFile]:
        start = self._location.prefix
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._location.bucket, Prefix=start + prefix
        )
        for page in pages:
            for item in page.get("Contents", ()):
                yield StoredFile(item["Key"].removeprefix(start), item["Size"], item.get("LastModified"), _md5(item))


class _Gcs:
    def __init__(self, location: StorageLocation) -> None:
        try:
            storage: Any = import_module("google.cloud.storage")
            oauth2: Any = import_module("google.oauth2.credentials")
        except ImportError:
            raise HtcMissingExtraError.of("Storage on Google Cloud", "gcp") from None
        self._location = location
        # Only the library needs a project; without one it would look for it on this machine.
        self._client: Any = storage.Client(project="none", credentials=oauth2.Credentials(gcs_token(location)))
        self._bucket: Any = self._client.bucket(location.bucket)

    def upload(self, path: Path, name: str) -> None:
        self._bucket.blob(self._location.prefix + name).upload_from_filename(str(path))

    def download(self, name: str, file: BinaryIO) -> None:
        # This library compares size and checksum.
        self._bucket.blob(self._location.prefix + name).download_to_file(file)

    def list_files(self, prefix: str) -> Iterator[StoredFile]:
        start = self._location.prefix
        for blob in self._client.list_blobs(self._location.bucket, prefix=start + prefix):
            yield StoredFile(blob.name.removeprefix(start), blob.size or 0, blob.updated, _hexadecimal(blob.md5_hash))


def _md5(item: Mapping[str, Any]) -> str | None:
    # The ETag of a file that was uploaded in parts, or is encrypted, is something else.
    etag = str(item.get("ETag", "")).strip('"')
    return etag if re.fullmatch("[0-9a-f]{32}", etag) else None


def _has_md5(head: Mapping[str, Any], bucket: str) -> bool:
    # The ETag of what is encrypted with other keys than S3's own, and of a directory bucket, is something else.
    own_keys = head.get("ServerSideEncryption", "AES256") == "AES256" and "SSECustomerAlgorithm" not in head
    return own_keys and not bucket.endswith("--x-s3")


def _check_size(file: BinaryIO, expected: int) -> None:
    size = file.seek(0, os.SEEK_END)
    if size != expected:
        raise HtcStorageError(f"The storage sent {size} bytes of a file of {expected}.")


def _check_md5(file: BinaryIO, expected: str | None) -> None:
    if expected is not None and md5_of(file) != expected:
        raise HtcStorageError("The storage sent a file that does not match its checksum.")


def md5_of(file: BinaryIO) -> str:
    """The MD5 checksum of a whole file, in hexadecimal."""
    file.seek(0)
    return hashlib.file_digest(cast("Any", file), lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _hexadecimal(encoded: str | None) -> str | None:
    return base64.b64decode(encoded).hex() if encoded else None


def gcs_token(location: StorageLocation) -> str:
    """The access token for Google Cloud; the service does not document its name.

    Raises:
        HtcStorageError: There is none, or more than one.
    """
    tokens = [value for name, value in location.credentials.items() if "TOKEN" in name.upper()]
    if len(tokens) != 1:
        raise HtcStorageError("The service sent no credentials that Google Cloud understands.")
    return tokens[0]


def aws_region(region: str | None) -> str | None:
    """The provider's own name of a region: AWS_US_EAST_2 is us-east-2."""
    return None if region is None else region.removeprefix("AWS_").lower().replace("_", "-")
