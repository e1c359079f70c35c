"""Checksums of uploads: what clients send is compared, as S3 does."""

from __future__ import annotations

import base64
import hashlib
import hmac
import zlib
from typing import Any

import httpx
import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from rescalehtc.local._services.checksums import _ALGORITHMS  # pyright: ignore[reportPrivateUsage]
from rescalehtc.local._state.storage_access import Signature

from .storage_client import connect

DATA = b"0123456789"
CRC32 = base64.b64encode(zlib.crc32(DATA).to_bytes(4, "big")).decode()
SHA256 = base64.b64encode(hashlib.sha256(DATA).digest()).decode()
MD5 = base64.b64encode(hashlib.md5(DATA).digest()).decode()
OTHER = base64.b64encode(bytes(4)).decode()
SUM = "x-amz-checksum-"


def text(algorithm: str, data: bytes) -> str:
    by = _ALGORITHMS[algorithm]()
    by.update(data)
    return base64.b64encode(by.digest()).decode()


def test_the_checksums_that_python_lacks() -> None:
    """The check values of the catalogue of CRCs, in one part and in several."""
    for name, expected in (("crc32", "cbf43926"), ("crc32c", "e3069283"), ("crc64nvme", "ae8b14860a799888")):
        for cut in (0, 1, 4, 9):
            by = _ALGORITHMS[name]()
            by.update(b"123456789"[:cut])
            by.update(b"123456789"[cut:])
            assert by.digest().hex() == expected


def test_signatures_of_chunks_follow_the_example_of_aws() -> None:
    key = b"AWS4wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    for part in (b"20130524", b"us-east-1", b"s3", b"aws4_request"):
        key = hmac.new(key, part, hashlib.sha256).digest()
    scope = "20130524T000000Z\n20130524/us-east-1/s3/aws4_request"
    seed = "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e"
    chain = Signature(key, scope, seed)
    no_data = hashlib.sha256().hexdigest()
    for data, signature in (
        (b"a" * 65536, b"b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2"),
        (b"a" * 1024, b"1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7"),
        (b"", b"2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992"),
    ):
        assert chain.goes_on("PAYLOAD", signature, no_data, hashlib.sha256(data).hexdigest())
    trailer = hashlib.sha256(f"{SUM}crc32c:{text('crc32c', b'a' * 66560)}\n".encode()).hexdigest()
    assert chain.goes_on("TRAILER", b"d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435", trailer)
    assert not chain.goes_on("TRAILER", chain.value.encode(), trailer)


def change_headers(client: Any, operation: str, **headers: str | None) -> None:
    """Let the client send these headers with an operation, signed; None for one that it must not send."""

    def change(request: Any, **_: Any) -> None:
        for name, value in headers.items():
            del request.headers[name.replace("_", "-")]
            if value is not None:
                request.headers[name.replace("_", "-")] = value

    client.meta.events.register(f"before-sign.s3.{operation}", change)


#: Headers instead of the CRC32 that boto3 sends, and the error, if any.
HEADERS: dict[str, tuple[dict[str, str], str]] = {
    "md5": ({"Content_MD5": MD5}, ""),
    "another md5": ({"Content_MD5": base64.b64encode(bytes(16)).decode()}, "BadDigest"),
    "half an md5": ({"Content_MD5": OTHER}, "InvalidDigest"),
    "no base64": ({"Content_MD5": "!"}, "InvalidDigest"),
    **{name: ({f"x_amz_checksum_{name}": text(name, DATA)}, "") for name in _ALGORITHMS},
    **{f"another {name}": ({f"x_amz_checksum_{name}": text(name, b"x")}, "BadDigest") for name in _ALGORITHMS},
    "too short": ({"x_amz_checksum_sha256": OTHER}, "InvalidRequest"),
    "unknown": ({"x_amz_checksum_crc7": OTHER}, "InvalidRequest"),
    "two": ({"x_amz_checksum_crc32": CRC32, "x_amz_checksum_sha256": SHA256}, "InvalidRequest"),
    "named, not sent": ({"x_amz_sdk_checksum_algorithm": "CRC32"}, "InvalidRequest"),
    "another than named": (
        {"x_amz_sdk_checksum_algorithm": "CRC32", "x_amz_checksum_sha256": SHA256},
        "InvalidRequest",
    ),
}


@pytest.mark.slow
def test_uploads_are_compared_with_checksums_in_their_head(htc: Any) -> None:
    told: dict[str, str] = {}
    for name, (headers, _) in HEADERS.items():
        client, bucket, prefix = connect(htc, htc.project())
        change_headers(
            client, "PutObject", **{"x_amz_checksum_crc32": None, "x_amz_sdk_checksum_algorithm": None, **headers}
        )
        key = {"Bucket": bucket, "Key": f"{prefix}f"}
        try:
            answer = client.put_object(**key, Body=DATA)
        except ClientError as error:
            told[name] = error.response["Error"]["Code"]
            assert client.list_objects_v2(Bucket=bucket, Prefix=prefix)["KeyCount"] == 0
        else:
            told[name] = ""
            shown = {name: value for name, value in answer.items() if name.startswith("Checksum")}
            assert not name.startswith(("crc", "sha")) or shown.pop(f"Checksum{name.upper()}") == text(name, DATA)
            assert shown == {"ChecksumType": "FULL_OBJECT"}
    assert told == {name: code for name, (_, code) in HEADERS.items()}


@pytest.mark.slow
def test_parts_and_documents_are_compared_as_well(htc: Any) -> None:
    client, bucket, prefix = connect(htc, htc.project())
    file = {"Bucket": bucket, "Key": f"{prefix}f"}
    upload = {**file, "UploadId": client.create_multipart_upload(**file, ChecksumAlgorithm="CRC32")["UploadId"]}
    kept = client.upload_part(**upload, PartNumber=1, Body=DATA)
    assert kept["ChecksumCRC32"] == CRC32
    with pytest.raises(ClientError, match="BadDigest"):
        client.upload_part(**upload, PartNumber=1, Body=b"x", ChecksumCRC32=CRC32)
    change_headers(client, "DeleteObjects", x_amz_checksum_crc32=OTHER)
    with pytest.raises(ClientError, match="BadDigest"):
        client.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": file["Key"]}]})
    part = {"PartNumber": 1, "ETag": kept["ETag"]}
    with pytest.raises(ClientError, match="InvalidPart"):
        client.complete_multipart_upload(**upload, MultipartUpload={"Parts": [{**part, "ChecksumCRC32": OTHER}]})
    parts = {"Parts": [{**part, "ChecksumCRC32": CRC32}]}
    client.complete_multipart_upload(**upload, MultipartUpload=parts, ChecksumCRC32=CRC32, ChecksumType="FULL_OBJECT")
    assert client.get_object(**file)["Body"].read() == DATA


@pytest.mark.slow
def test_a_presigned_upload_is_compared(htc: Any) -> None:
    url = htc.get(f"{htc.project()}/storage/presigned-url", filePath="f")["url"]
    assert httpx.put(url, content=DATA, headers={"Content-MD5": MD5}).status_code == 200
    refused = httpx.put(url, content=DATA, headers={f"{SUM}crc32": OTHER})
    assert (refused.status_code, refused.json()["error"]) == (400, "BadDigest")


class Chunked:
    """Sends a body as aws-chunked."""

    def __init__(self, htc: Any) -> None:
        project = htc.project()
        self.client, bucket, prefix = connect(htc, project)
        token = htc.get(f"{project}/storage/token")["credentials"]
        self.credentials = Credentials(
            token["AWS_ACCESS_KEY_ID"], token["AWS_SECRET_ACCESS_KEY"], token["AWS_SESSION_TOKEN"]
        )
        self.file = {"Bucket": bucket, "Key": f"{prefix}f"}
        self.url = f"{htc.server.s3_url}/{bucket}/{prefix}f"

    def put(self, kind: str, length: int, body: Any, **headers: str) -> str:
        """The error code; `body` is called with what computes the next signature."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        signed = {"x-amz-content-sha256": f"STREAMING-{kind}", "x-amz-decoded-content-length": str(length), **more}
        request = AWSRequest("PUT", self.url, {**signed, "Content-Encoding": "aws-chunked"})
        auth = S3SigV4Auth(self.credentials, "s3", "us-east-1")
        request.context["payload_signing_enabled"] = True
        auth.payload = lambda request: f"STREAMING-{kind}"  # pyright: ignore
        auth.add_auth(request)
        previous = request.headers["Authorization"].rpartition("=")[2]
        key = f"AWS4{self.credentials.secret_key}".encode()
        scope = request.headers["X-Amz-Date"][:8], "us-east-1", "s3", "aws4_request"
        for part in scope:
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()

        def sign(kind: str, *hashes: str) -> bytes:
            nonlocal previous
            lines = [f"AWS4-HMAC-SHA256-{kind}", request.headers["X-Amz-Date"], "/".join(scope), previous, *hashes]
            previous = hmac.new(key, "\n".join(lines).encode(), hashlib.sha256).hexdigest()
            return previous.encode()

        answer = httpx.put(self.url, headers=dict(request.headers.items()), content=body(sign))
        return answer.text.partition("<Code>")[2].partition("</Code>")[0] or str(answer.status_code)

    def read(self) -> bytes:
        return self.client.get_object(**self.file)["Body"].read()


def chunks(sign: Any, *parts: bytes, trailer: str = "") -> bytes:
    body, no_data = b"", hashlib.sha256().hexdigest()
    for part in (*parts, b""):
        mark = b";chunk-signature=" + sign("PAYLOAD", no_data, hashlib.sha256(part).hexdigest()) if sign else b""
        body += b"%x%s\r\n%s" % (len(part), mark, part + b"\r\n" if part else b"")
    if trailer:
        body += f"{trailer}\r\n".encode()
        if sign:
            body += b"x-amz-trailer-signature:" + sign("TRAILER", hashlib.sha256(f"{trailer}\n".encode()).hexdigest())
            body += b"\r\n"
    return body + b"\r\n"


@pytest.mark.slow
def test_chunks_and_their_trailers(htc: Any) -> None:
    to = Chunked(htc)
    signed, unsigned = "AWS4-HMAC-SHA256-PAYLOAD", "UNSIGNED-PAYLOAD-TRAILER"
    crc = {"x_amz_trailer": f"{SUM}crc32"}
    right, wrong = f"{SUM}crc32:{CRC32}", f"{SUM}crc32:{OTHER}"
    told = {
        "signed": to.put(signed, 10, lambda sign: chunks(sign, DATA[:3], DATA[3:])),
        "signed wrong": to.put(signed, 10, lambda sign: chunks(sign, DATA).replace(b"0", b"x", 3)),
        "signed, other data": to.put(signed, 10, lambda sign: chunks(sign, DATA).replace(DATA, DATA[::-1])),
        "not signed": to.put(signed, 10, lambda _: chunks(None, DATA)),
        "signed trailer": to.put(f"{signed}-TRAILER", 10, lambda sign: chunks(sign, DATA, trailer=right), **crc),
        "trailer of another": to.put(f"{signed}-TRAILER", 10, lambda sign: chunks(sign, DATA, trailer=wrong), **crc),
        "trailer signed wrong": to.put(
            f"{signed}-TRAILER",
            10,
            lambda sign: chunks(sign, DATA, trailer=wrong).replace(OTHER.encode(), CRC32.encode()),
            **crc,
        ),
        "trailer": to.put(unsigned, 10, lambda _: chunks(None, DATA, trailer=right), **crc),
        "wrong trailer": to.put(unsigned, 10, lambda _: chunks(None, DATA, trailer=wrong), **crc),
        "no trailer": to.put(unsigned, 10, lambda _: chunks(None, DATA), **crc),
        "shorter": to.put(unsigned, 11, lambda _: chunks(None, DATA, trailer=right), **crc),
        "cut": to.put(unsigned, 10, lambda _: chunks(None, DATA)[:9]),
        "no length of a chunk": to.put(unsigned, 10, lambda _: b"x\r\n"),
        "endless line": to.put(unsigned, 10, lambda _: b"1" * 10_000),
        "longer chunk": to.put(unsigned, 10, lambda _: b"2\r\nabc\r\n0\r\n\r\n"),
        "another kind": to.put("AWS4-ECDSA-P256-SHA256-PAYLOAD", 10, lambda _: chunks(None, DATA)),
    }
    assert told == {
        "signed": "200",
        "signed wrong": "InvalidChunkSizeError",
        "signed, other data": "SignatureDoesNotMatch",
        "not signed": "InvalidChunkSizeError",
        "signed trailer": "200",
        "trailer of another": "BadDigest",
        "trailer signed wrong": "SignatureDoesNotMatch",
        "trailer": "200",
        "wrong trailer": "BadDigest",
        "no trailer": "MalformedTrailerError",
        "shorter": "IncompleteBody",
        "cut": "IncompleteBody",
        "no length of a chunk": "InvalidChunkSizeError",
        "endless line": "InvalidChunkSizeError",
        "longer chunk": "InvalidChunkSizeError",
        "another kind": "NotImplemented",
    }
    assert to.read() == DATA
