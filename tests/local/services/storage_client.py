"""The storage of a local server as boto3 sees it."""

from __future__ import annotations

import logging
from typing import Any

import boto3
from botocore.config import Config

logging.getLogger("botocore").setLevel(logging.WARNING)


def connect(htc: Any, place: str, **changes: Any) -> tuple[Any, str, str]:
    """A client with the credentials of a project or task, the bucket, and the prefix of its folder."""
    token = htc.get(f"{place}/storage/token")
    credentials = {**token["credentials"], **changes}
    client = boto3.client(
        "s3",
        endpoint_url=htc.server.s3_url,
        region_name="us-east-1",
        aws_access_key_id=credentials["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=credentials["AWS_SECRET_ACCESS_KEY"],
        aws_session_token=credentials["AWS_SESSION_TOKEN"],
        config=Config(retries={"total_max_attempts": 1}),
    )
    path: str = token.get("storagePath") or token["projectSharedStoragePath"]
    return client, token["storageName"], path.partition(f"s3://{token['storageName']}/")[2]


def read(htc: Any, place: str, path: str, **options: Any) -> bytes:
    """A file of a project or task, with fresh credentials."""
    client, bucket, prefix = connect(htc, place)
    return client.get_object(Bucket=bucket, Key=prefix + path, **options)["Body"].read()
