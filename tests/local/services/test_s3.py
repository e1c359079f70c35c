"""The S3 API, as boto3 uses it."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import httpx
import pytest
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import BotoCoreError, ClientError

from .storage_client import connect

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["a.txt", "deep/er/ü ß+?#&%2F.bin", "a=b&c", "~tilde'(!)*"])
def test_put_get_head_list_and_delete(htc: Any, name: str) -> None:
    client, bucket, prefix = connect(htc, htc.task())
    key = prefix + name
    put = client.put_object(Bucket=bucket, Key=key, Body=b"0123456789")
    got = client.get_object(Bucket=bucket, Key=key)
    assert got["Body"].read() == b"0123456789"
    assert put["ETag"]
    assert got["ETag"]
    assert client.head_object(Bucket=bucket, Key=key)["ContentLength"] == 10
    part = client.get_object(Bucket=bucket, Key=key, Range="bytes=2-4")
    assert (part["Body"].read(), part["ContentRange"]) == (b"234", "bytes 2-4/10")
    assert [each["Name"] for each in client.list_buckets()["Buckets"]] == [bucket]
    listed = client.list_objects_v2(Bucket=bucket, Prefix=prefix)
    assert [(each["Key"], each["Size"]) for each in listed["Contents"]] == [(key, 10)]
    client.delete_object(Bucket=bucket, Key=key)
    assert client.list_objects_v2(Bucket=bucket, Prefix=prefix)["KeyCount"] == 0
    with pytest.raises(ClientError, match="404"):
        client.head_object(Bucket=bucket, Key=key)
    with pytest.raises(client.exceptions.NoSuchKey):
        client.get_object(Bucket=bucket, Key=key)


def test_keys_with_odd_characters_are_listed_as_they_are(htc: Any) -> None:
    client, bucket, prefix = connect(htc, htc.project())
    names = [
        "line\nbreak",
        "car\rriage\r\n",
        "tab\t",
        "bell\x07",
        "<&>\"'",
        "a+b c%41",
        "ü🚀\u2028",
        "\ufffe",
        " ",
        "-d\n/x",
    ]
    keys = sorted(prefix + name for name in names)
    for key in keys:
        client.put_object(Bucket=bucket, Key=key, Body=b"x")
        assert client.get_object(Bucket=bucket, Key=key)["Body"].read() == b"x"
    (htc.server.folder / "storage" / prefix / os.fsdecode(b"not UTF-8 \xff")).write_text("of a job")
    for operation in ("list_objects", "list_objects_v2"):
        for size in (1, 1000):
            pages = client.get_paginator(operation).paginate(
                Bucket=bucket, Prefix=prefix, PaginationConfig={"PageSize": size}
            )
            assert [each["Key"] for page in pages for each in page["Contents"]] == keys
    folders = client.list_objects_v2(Bucket=bucket, Prefix=f"{prefix}-", Delimiter="\n/", StartAfter="\n")
    assert [each["Prefix"] for each in folders["CommonPrefixes"]] == [f"{prefix}-d\n/"]
    assert (folders["Delimiter"], folders["StartAfter"]) == ("\n/", "\n")
    answer = client.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": f"{prefix}line\nbreak"}]})
    assert [each["Key"] for each in answer["Deleted"]] == [f"{prefix}line\nbreak"]


def test_what_is_no_key_or_number_is_refused(htc: Any) -> None:
    client, bucket, prefix = connect(htc, htc.project())
    for key in ("x" * 256, "/".join(["x" * 200] * 6), "a//b", "a/./b", "a\\b"):
        with pytest.raises(ClientError, match="InvalidArgument"):
            client.put_object(Bucket=bucket, Key=prefix + key, Body=b"x")
    for limit in ("9" * 5000, "%C2%B2", "-1"):

        def change(request: Any, limit: str = limit, **_: Any) -> None:
            request.url = request.url.replace("max-keys=7", f"max-keys={limit}")

        client.meta.events.register_first("before-sign.s3.ListObjectsV2", change)
        with pytest.raises(ClientError, match="InvalidArgument"):
            client.list_objects_v2(Bucket=bucket, Prefix=prefix, MaxKeys=7)


def test_downloads_have_ranges_and_etags(htc: Any) -> None:
    client, bucket, prefix = connect(htc, htc.project())
    file = {"Bucket": bucket, "Key": f"{prefix}f"}
    client.put_object(**file, Body=b"0123456789")
    whole = client.get_object(**file)
    assert whole["AcceptRanges"] == "bytes"
    part = client.get_object(**file, Range="bytes=3-5")
    assert (part["Body"].read(), part["ETag"]) == (b"345", whole["ETag"])
    with pytest.raises(ClientError, match="416"):
        client.get_object(**file, Range="bytes=20-")
    for odd in ("bytes=5-3", "bytes=x-", "bytes=", "lines=1-2", "0-3", "bytes=1-2,4-5", f"bytes={'9' * 5000}-"):
        whole = client.get_object(**file, Range=odd)
        assert (whole["ResponseMetadata"]["HTTPStatusCode"], whole["Body"].read()) == (200, b"0123456789")
    client.meta.events.register("before-sign.s3.GetObject", _ask_for_another_version)
    assert client.get_object(**file, Range="bytes=3-5")["Body"].read() == b"0123456789"


def _ask_for_another_version(request: Any, **_: Any) -> None:
    request.headers["If-Range"] = '"other"'


def test_requests_may_depend_on_what_is_there(htc: Any) -> None:
    client, bucket, prefix = connect(htc, htc.project())
    file = {"Bucket": bucket, "Key": f"{prefix}f"}
    with pytest.raises(ClientError, match="PreconditionFailed"):
        client.put_object(**file, Body=b"2", IfMatch='"other"')
    etag = client.put_object(**file, Body=b"1", IfNoneMatch="*")["ETag"]
    with pytest.raises(ClientError, match="PreconditionFailed"):
        client.put_object(**file, Body=b"2", IfNoneMatch="*")
    assert client.head_object(**file)["ETag"] == etag
    assert client.get_object(**file, IfMatch=etag, IfNoneMatch='"other"')["Body"].read() == b"1"
    with pytest.raises(ClientError, match="304"):
        client.get_object(**file, IfNoneMatch=etag)
    with pytest.raises(ClientError, match="PreconditionFailed"):
        client.get_object(**file, IfMatch='"other"')


def test_a_folder_may_be_made_and_listed_on_one_connection(htc: Any) -> None:
    client, bucket, prefix = connect(htc, htc.project())
    client.put_object(Bucket=bucket, Key=f"{prefix}folder/", Body=b"of no use")
    assert client.list_objects_v2(Bucket=bucket, Prefix=prefix)["KeyCount"] == 0
    assert (htc.server.folder / "storage" / prefix / "folder").is_dir()


def test_a_file_that_vanishes_while_it_is_sent_breaks_the_connection(
    htc: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client, bucket, prefix = connect(htc, htc.project())
    client.put_object(Bucket=bucket, Key=f"{prefix}f", Body=b"0123456789")
    files = htc.server._state.files
    found = files.regular_file(f"{prefix}f")
    monkeypatch.setattr(files, "regular_file", lambda key: (found[0].with_name("gone"), found[1]))
    with pytest.raises(BotoCoreError):
        client.get_object(Bucket=bucket, Key=f"{prefix}f")["Body"].read()
    assert "Traceback" not in caplog.text
    assert htc.get("htc/projects")["items"]


def test_jobs_see_the_same_files(htc: Any) -> None:
    task = htc.task()
    client, bucket, prefix = connect(htc, task)
    client.put_object(Bucket=bucket, Key=f"{prefix}in", Body=b"of the client")
    htc.submit(
        task, "sh", "-c", "cat $TASK_SHARED_FOLDER/in; mkdir $TASK_SHARED_FOLDER/d; echo x > $TASK_SHARED_FOLDER/d/out"
    )
    (job,) = htc.finish(task)
    assert htc.log(job) == ["of the client"]
    assert client.get_object(Bucket=bucket, Key=f"{prefix}d/out")["Body"].read() == b"x\n"


def test_multipart_upload_and_ranged_download(htc: Any, tmp_path: Path) -> None:
    client, bucket, prefix = connect(htc, htc.project())
    data = bytes(range(256)) * 50_000  # 12.8 MB
    config = TransferConfig(multipart_threshold=5 * 2**20, multipart_chunksize=5 * 2**20, max_concurrency=3)
    (tmp_path / "big").write_bytes(data)
    client.upload_file(str(tmp_path / "big"), bucket, f"{prefix}big", Config=config)
    target = io.BytesIO()
    client.download_fileobj(bucket, f"{prefix}big", target, Config=config)
    assert target.getvalue() == data
    begun = client.create_multipart_upload(Bucket=bucket, Key=f"{prefix}other")["UploadId"]
    client.upload_part(Bucket=bucket, Key=f"{prefix}other", UploadId=begun, PartNumber=1, Body=b"x")
    assert len(client.list_parts(Bucket=bucket, Key=f"{prefix}other", UploadId=begun)["Parts"]) == 1
    wrong = {"Parts": [{"PartNumber": 1, "ETag": '"0"'}]}
    with pytest.raises(ClientError, match="InvalidPart"):
        client.complete_multipart_upload(Bucket=bucket, Key=f"{prefix}other", UploadId=begun, MultipartUpload=wrong)
    client.abort_multipart_upload(Bucket=bucket, Key=f"{prefix}other", UploadId=begun)
    with pytest.raises(ClientError, match="NoSuchUpload"):
        client.list_parts(Bucket=bucket, Key=f"{prefix}other", UploadId=begun)


def test_deleting_many_files_reports_each_result(htc: Any) -> None:
    client, bucket, prefix = connect(htc, htc.project())
    for name in "abc":
        client.put_object(Bucket=bucket, Key=f"{prefix}{name}", Body=b"x")
    keys = [f"{prefix}a", "projects/other/x", f"{prefix}../b", f"{prefix}c/below", f"{prefix}none"]
    answer = client.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in keys]})
    assert [each["Key"] for each in answer["Deleted"]] == [keys[0], *keys[3:]]
    assert [each["Code"] for each in answer["Errors"]] == ["AccessDenied", "InvalidArgument"]
    quiet = client.delete_objects(Bucket=bucket, Delete={"Quiet": True, "Objects": [{"Key": f"{prefix}b"}]})
    assert "Deleted" not in quiet
    assert [each["Key"] for each in client.list_objects_v2(Bucket=bucket, Prefix=prefix)["Contents"]] == [f"{prefix}c"]


def test_deleting_a_link_leaves_what_it_leads_to(htc: Any) -> None:
    client, bucket, prefix = connect(htc, htc.project())
    client.put_object(Bucket=bucket, Key=f"{prefix}f", Body=b"x")
    folder = htc.server.folder / "storage" / prefix
    (folder / "link").symlink_to(folder / "f")
    client.delete_object(Bucket=bucket, Key=f"{prefix}link")
    assert [path.name for path in folder.iterdir()] == ["f"]


def test_listings_have_pages_and_folders(htc: Any) -> None:
    client, bucket, prefix = connect(htc, htc.project())
    names = [f"{prefix}{folder}/{number}" for folder in "ab" for number in range(5)] + [f"{prefix}top"]
    for name in names:
        client.put_object(Bucket=bucket, Key=name, Body=b"")
    pages = client.get_paginator("list_objects_v2").paginate(
        Bucket=bucket, Prefix=prefix, PaginationConfig={"PageSize": 3}
    )
    assert [each["Key"] for page in pages for each in page["Contents"]] == sorted(names)
    pages = client.get_paginator("list_objects").paginate(
        Bucket=bucket, Prefix=prefix, PaginationConfig={"PageSize": 4}
    )
    assert [each["Key"] for page in pages for each in page["Contents"]] == sorted(names)
    folders = client.list_objects_v2(Bucket=bucket, Prefix=prefix, Delimiter="/")
    assert [each["Prefix"] for each in folders["CommonPrefixes"]] == [f"{prefix}a/", f"{prefix}b/"]
    assert [each["Key"] for each in folders["Contents"]] == [f"{prefix}top"]
    client.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": name} for name in names[:5]]})
    assert client.list_objects_v2(Bucket=bucket, Prefix=f"{prefix}a/")["KeyCount"] == 0


def test_credentials_open_their_own_folder_for_an_hour(htc: Any) -> None:
    project = htc.project()
    mine, other = htc.task(project), htc.task(project)
    client, bucket, prefix = connect(htc, mine)
    stranger, _, elsewhere = connect(htc, other)
    shared = connect(htc, project)[2]
    client.put_object(Bucket=bucket, Key=f"{shared}p", Body=b"x")  # a task's open the project's as well
    for key in (f"{elsewhere}x", f"{prefix.rstrip('/')}x/y", "projects/x", f"{prefix}../x"):
        with pytest.raises(ClientError, match=r"AccessDenied|InvalidArgument"):
            client.put_object(Bucket=bucket, Key=key, Body=b"x")
        with pytest.raises(ClientError, match=r"AccessDenied|InvalidArgument|403|400"):
            client.get_object(Bucket=bucket, Key=key)
    with pytest.raises(ClientError, match="AccessDenied"):
        client.list_objects_v2(Bucket=bucket, Prefix=elsewhere)
    assert "Contents" not in stranger.list_objects_v2(Bucket=bucket, Prefix=elsewhere)
    htc.server.clock.advance(3601)
    with pytest.raises(ClientError, match="ExpiredToken"):
        client.list_objects_v2(Bucket=bucket, Prefix=prefix)


def test_a_wrong_signature_is_refused(htc: Any) -> None:
    task = htc.task()
    for wrong, code in (
        ({"AWS_SECRET_ACCESS_KEY": "x"}, "SignatureDoesNotMatch"),
        ({"AWS_ACCESS_KEY_ID": "LOCALX"}, "InvalidAccessKeyId"),
        ({"AWS_SESSION_TOKEN": "x.y"}, "InvalidAccessKeyId"),
    ):
        client, bucket, prefix = connect(htc, task, **wrong)
        with pytest.raises(ClientError, match=code):
            client.list_objects_v2(Bucket=bucket, Prefix=prefix)
    assert httpx.get(f"{htc.server.s3_url}/{bucket}").status_code == 403


def test_unimplemented_requests_are_refused(htc: Any) -> None:
    client, bucket, prefix = connect(htc, htc.task())
    with pytest.raises(ClientError, match="NotImplemented"):
        client.get_object_tagging(Bucket=bucket, Key=f"{prefix}x")
    with pytest.raises(ClientError, match="NoSuchBucket"):
        client.list_objects_v2(Bucket="other", Prefix=prefix)


def test_faults_of_the_storage(htc: Any) -> None:
    client, bucket, prefix = connect(htc, htc.task())
    htc.server.faults.add("status", "putFile", status=503)
    htc.server.faults.add("cut_during", "getFile")
    with pytest.raises(ClientError, match="503"):
        client.put_object(Bucket=bucket, Key=f"{prefix}x", Body=b"0123456789")
    client.put_object(Bucket=bucket, Key=f"{prefix}x", Body=b"0123456789")
    with pytest.raises(Exception, match=r"(?i)incomplete|broken|closed"):
        client.get_object(Bucket=bucket, Key=f"{prefix}x")["Body"].read()
    assert client.get_object(Bucket=bucket, Key=f"{prefix}x")["Body"].read() == b"0123456789"
    assert htc.server.requests.count("putFile") == 2
    with pytest.raises(ValueError, match="cannot happen to putFile"):
        htc.server.faults.add("null_fields", "putFile")
