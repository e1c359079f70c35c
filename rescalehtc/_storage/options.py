"""The storage as options for other libraries."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import attrs

from rescalehtc_generated.models.cloud_provider import CloudProvider

from .locations import StorageLocation
from .providers import aws_region, gcs_token


@attrs.frozen
class StorageOptions:
    """Where a project's or task's files are, and the credentials for libraries that read them.

    The credentials expire; see :func:`rescalehtc.filesystem.filesystem` for a file system that renews them.

    Attributes:
        url: URL of the folder, with a slash at its end.
        expiration: Time at which the credentials expire, if the service states it.
        fsspec: ``storage_options`` for pandas, dask and other users of fsspec, s3fs and gcsfs; never shown.
        polars: ``storage_options`` for polars and other users of Rust's object_store; never shown.
        pyarrow: Arguments of ``pyarrow.fs.S3FileSystem`` or ``GcsFileSystem``; never shown.
    """

    url: str
    expiration: datetime | None
    fsspec: Mapping[str, Any] = attrs.field(repr=False)
    polars: Mapping[str, Any] = attrs.field(repr=False)
    pyarrow: Mapping[str, Any] = attrs.field(repr=False)

    @classmethod
    def of(cls, location: StorageLocation) -> StorageOptions:
        """The options for a folder.

        Raises:
            HtcStorageError: The credentials are not understood.
        """
        path = f"{location.bucket}/{location.prefix}"
        if location.provider == CloudProvider.GCP:
            token = gcs_token(location)
            expiration = {} if location.expiration is None else {"credential_token_expiration": location.expiration}
            return cls(
                f"gs://{path}",
                location.expiration,
                {"token": _gcsfs_token(token)},
                {"token": token},
                {"access_token": token, **expiration},
            )
        key, secret, token = (location.credentials.get(name) for name in _AWS_NAMES)
        region = aws_region(location.region)
        wide = {"aws_access_key_id": key, "aws_secret_access_key": secret, "aws_session_token": token}
        return cls(
            f"s3://{path}",
            location.expiration,
            _given({"key": key, "secret": secret, "token": token}) | {"client_kwargs": _given({"region_name": region})},
            _given({**wide, "aws_region": region}),
            _given(
                {"access_key": key, "secret_key": secret, "session_token": token, "region": region, **_arrow_endpoint()}
            ),
        )


def _gcsfs_token(token: str) -> Any:
    # gcsfs takes a string for a file name, or sends it to another Google service first, depending on its version.
    try:
        return import_module("google.oauth2.credentials").Credentials(token)
    except ImportError:
        return token


def _arrow_endpoint() -> dict[str, str]:
    # Of these libraries, only pyarrow does not read the variables itself.
    url = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    if not url:
        return {}
    parts = urlsplit(url)
    return {"endpoint_override": (parts.netloc + parts.path).rstrip("/"), "scheme": parts.scheme}


_AWS_NAMES = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}
