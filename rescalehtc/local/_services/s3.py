"""The part of the S3 API that clients need for files, over the folders that jobs see.

    endpoint    <origin>/s3, with buckets in the path
    bucket      local-storage, the ``storageName`` of every storage token
    requests    ListBuckets, HeadBucket, GetBucketLocation, ListObjects (both versions), GetObject, HeadObject,
                PutObject, DeleteObject, DeleteObjects, ListParts, and multipart uploads

Credentials are those of the storage tokens; each opens the folder of its project or task and nothing else. Requests
are signed with AWS Signature Version 4. Every other request returns NotImplemented.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .._server_state import ServerState
from .._state.files import clean_path
from .._state.storage_access import STORAGE_NAME, StorageAccess, StorageGrant
from .._wire.messages import ApiError
from .checksums import CheckedBody, ChecksumError
from .transfer import MAX_UPLOAD, apply_fault, check_conditions, etag_of, receive_file, send_file

PREFIX = "/s3"
_MAX_KEYS = 1000
_MAX_XML = 1024 * 1024


class _S3Error(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.response = _xml(f"<Error><Code>{code}</Code><Message>{_text(message)}</Message></Error>", status)


def routes(state: ServerState) -> list[Route]:
    access = StorageAccess(state.credentials, state.clock)

    async def serve(request: Request) -> Response:
        try:
            return await _Exchange(state, access, request).respond()
        except _S3Error as error:
            return error.response
        except ChecksumError as error:
            return _S3Error(error.status, error.code, error.description).response
        except ApiError as error:
            codes = {404: "NoSuchKey", 409: "InvalidRequest", 412: "PreconditionFailed", 413: "EntityTooLarge"}
            code = codes.get(error.status, "InvalidArgument")
            return _S3Error(error.status, code, error.description or error.code).response

    methods = ["GET", "HEAD", "PUT", "POST", "DELETE"]
    return [Route(PREFIX + path, serve, methods=methods) for path in ("", "/{path:key}")]


class _Exchange:
    """One request."""

    def __init__(self, state: ServerState, access: StorageAccess, request: Request) -> None:
        self.state = state
        self.request = request
        raw_path: str = request.scope["raw_path"].decode("latin-1")
        self.bucket, _, self.key = unquote(raw_path[len(PREFIX) + 1 :]).partition("/")
        self.query = dict(request.query_params)
        self.grant = self._authenticate(access, raw_path)

    def _authenticate(self, access: StorageAccess, raw_path: str) -> StorageGrant:
        headers = {name.lower(): value for name, value in self.request.headers.items()}
        grant = access.verify(self.request.method, raw_path, self.request.scope["query_string"].decode(), headers)
        if isinstance(grant, str):
            raise _S3Error(403, grant, "The credentials or the signature of the request are not valid.")
        return grant

    async def respond(self) -> Response:
        if not self.bucket and self.request.method == "GET":
            return _xml(
                "<ListAllMyBucketsResult><Owner/><Buckets>"
                f"<Bucket><Name>{STORAGE_NAME}</Name></Bucket></Buckets></ListAllMyBucketsResult>"
            )
        if self.bucket != STORAGE_NAME:
            raise _S3Error(404, "NoSuchBucket", f"The only bucket is {STORAGE_NAME}.")
        if self.key:
            # Also keeps `..` out.
            if clean_path(self.key) != self.key.rstrip("/"):
                raise _S3Error(400, "InvalidArgument", "The key is not a plain path.")
            self._require(self.key)
        method, query = self.request.method, self.query
        operations: list[tuple[bool, Callable[[], Awaitable[Response]]]] = [
            (not self.key and method == "HEAD", self._empty),
            (not self.key and method == "GET" and "location" in query, self._location),
            (not self.key and method == "GET" and not query.keys() - _LIST_PARAMETERS, self._list),
            (not self.key and method == "POST" and "delete" in query, self._delete_many),
            (bool(self.key) and method == "POST" and "uploads" in query, self._begin_upload),
            (bool(self.key) and method == "PUT" and {"uploadId", "partNumber"} <= query.keys(), self._put_part),
            (bool(self.key) and method == "GET" and "uploadId" in query, self._list_parts),
            (bool(self.key) and method == "POST" and "uploadId" in query, self._complete_upload),
            (bool(self.key) and method == "DELETE" and "uploadId" in query, self._abort_upload),
            (bool(self.key) and method in ("GET", "HEAD") and not query.keys() - _READ_PARAMETERS, self._get),
            (bool(self.key) and method == "PUT" and not query.keys() - _READ_PARAMETERS, self._put),
            (bool(self.key) and method == "DELETE" and not query.keys() - _READ_PARAMETERS, self._delete),
        ]
        for matches, operation in operations:
            if matches:
                return await operation()
        raise _S3Error(501, "NotImplemented", "The local server does not implement this request of the S3 API.")

    def _require(self, key: str) -> None:
        if not self.grant.opens(key):
            raise _S3Error(403, "AccessDenied", f"The credentials only open {', '.join(self.grant.prefixes)}.")

    async def _empty(self) -> Response:
        return Response()

    async def _location(self) -> Response:
        return _xml("<LocationConstraint/>")

    # -- objects ------------------------------------------------------------------------------------------------------

    async def _get(self) -> Response:
        return await apply_fault(self.state, self.request, "getFile") or send_file(self.state, self.key, self.request)

    async def _put(self) -> Response:
        if "x-amz-copy-source" in self.request.headers:
            raise _S3Error(501, "NotImplemented", "The local server does not copy objects.")
        if (fault := await apply_fault(self.state, self.request, "putFile")) is not None:
            return fault
        if self.key.endswith("/"):  # how some clients make a folder
            self.state.files.locate(self.key).mkdir(parents=True, exist_ok=True)
            return Response()
        path = self.state.files.locate(self.key)
        check_conditions(self.request, etag_of(path.stat()) if path.is_file() else None)
        body = self._body(MAX_UPLOAD)
        etag = await receive_file(self.state, self.key, body)
        return Response(headers={"ETag": etag, **body.shown, "x-amz-checksum-type": "FULL_OBJECT"})

    def _body(self, limit: int, *, of_object: bool = True) -> CheckedBody:
        return CheckedBody(self.request, limit, self.grant.signature, of_object=of_object)

    async def _delete(self) -> Response:
        self.state.files.remove(self.key)
        return Response(status_code=204)

    async def _delete_many(self) -> Response:
        results: list[str] = []
        texts = [(node.tag.rpartition("}")[2], node.text or "") for node in (await self._read_xml()).iter()]
        quiet = ("Quiet", "true") in texts
        for key in (text for name, text in texts if name == "Key" and text):
            shown = f"<Key>{_text(key)}</Key>"
            try:
                clean_path(key)
                if not self.grant.opens(key):
                    results.append(f"<Error>{shown}<Code>AccessDenied</Code></Error>")
                    continue
                self.state.files.remove(key)
            except ApiError:
                results.append(f"<Error>{shown}<Code>InvalidArgument</Code></Error>")
            else:
                results += [] if quiet else [f"<Deleted>{shown}</Deleted>"]
        return _xml(f"<DeleteResult>{''.join(results)}</DeleteResult>")

    async def _read_xml(self, *, of_object: bool = True) -> ElementTree.Element:
        body = b"".join([part async for part in self._body(_MAX_XML, of_object=of_object)])
        if b"<!" in body:
            raise _S3Error(400, "MalformedXML", "The body declares entities.")
        try:
            return ElementTree.fromstring(body)
        except ElementTree.ParseError as error:
            raise _S3Error(400, "MalformedXML", str(error)) from None

    # -- listing ------------------------------------------------------------------------------------------------------

    async def _list(self) -> Response:
        query = self.query
        prefix, delimiter = query.get("prefix", ""), query.get("delimiter", "")
        second = query.get("list-type") == "2"
        if not any(prefix.startswith(each) or each.startswith(prefix) for each in self.grant.prefixes):
            self._require(prefix)
        after = query.get("start-after" if second else "marker", "")
        if second and "continuation-token" in query:
            after = unquote(query["continuation-token"])
        size = min(_number(query.get("max-keys", str(_MAX_KEYS)), "InvalidArgument"), _MAX_KEYS)
        entries: dict[str, str] = {}
        more = False
        encode = quote if query.get("encoding-type") == "url" else _text
        for each in sorted(self.grant.prefixes):
            for key, info in self.state.files.walk(each.rstrip("/")):
                shown = key
                if delimiter and delimiter in key[len(prefix) :]:
                    shown = prefix + key[len(prefix) :].partition(delimiter)[0] + delimiter
                if not key.startswith(prefix) or shown in entries or shown <= after:
                    continue
                if len(entries) >= size:
                    more = size > 0
                    break
                modified = datetime.fromtimestamp(info.st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
                entries[shown] = (
                    f"<CommonPrefixes><Prefix>{encode(shown)}</Prefix></CommonPrefixes>"
                    if shown != key
                    else f"<Contents><Key>{encode(key)}</Key><LastModified>{modified}</LastModified>"
                    f"<ETag>{etag_of(info)}</ETag><Size>{info.st_size}</Size><StorageClass>STANDARD</StorageClass></Contents>"
                )
        last = next(reversed(entries), "")
        # A token is never decoded by the client, whichever encoding it asks for.
        follow = f"<NextContinuationToken>{quote(last)}</NextContinuationToken>" if second else ""
        follow = (follow or f"<NextMarker>{encode(last)}</NextMarker>") if more else ""
        count = f"<KeyCount>{len(entries)}</KeyCount>" if second else ""
        echoed = "".join(
            f"<{name}>{encode(query[parameter])}</{name}>"
            for name, parameter in (("Delimiter", "delimiter"), ("Marker", "marker"), ("StartAfter", "start-after"))
            if parameter in query
        )
        encoding = "<EncodingType>url</EncodingType>" if encode is quote else ""
        return _xml(
            f"<ListBucketResult><Name>{STORAGE_NAME}</Name><Prefix>{encode(prefix)}</Prefix>{echoed}{count}{encoding}"
            f"<MaxKeys>{size}</MaxKeys><IsTruncated>{str(more).lower()}</IsTruncated>{follow}"
            f"{''.join(entries.values())}</ListBucketResult>"
        )

    # -- multipart uploads --------------------------------------------------------------------------------------------

    def _parts(self) -> Path:
        folder = self.state.files.parts_folder(self.query["uploadId"])
        if folder is None or (folder / "key").read_text("utf-8") != self.key:
            raise _S3Error(404, "NoSuchUpload", "There is no such upload for this key.")
        return folder

    async def _begin_upload(self) -> Response:
        upload_id = self.state.files.begin_parts(self.key)
        return _xml(
            f"<InitiateMultipartUploadResult><Bucket>{STORAGE_NAME}</Bucket><Key>{_text(self.key)}</Key>"
            f"<UploadId>{upload_id}</UploadId></InitiateMultipartUploadResult>"
        )

    async def _put_part(self) -> Response:
        if (fault := await apply_fault(self.state, self.request, "putFile")) is not None:
            return fault
        number = _number(self.query["partNumber"], "InvalidArgument")
        if not 1 <= number <= 10_000:
            raise _S3Error(400, "InvalidArgument", "A part number is between 1 and 10000.")
        folder = self._parts()
        digest = hashlib.md5(usedforsecurity=False)
        body = self._body(MAX_UPLOAD)
        # Put in its place when it is complete: a part that failed leaves the one before.
        with self.state.files.upload_part(folder, number) as upload:
            async for data in body:
                digest.update(data)
                upload.file.write(data)
            upload.keep()
        (folder / f"{number}.md5").write_text(digest.hexdigest())
        (folder / f"{number}.sum").write_text(next(iter(body.shown.values()), ""))
        return Response(headers={"ETag": f'"{digest.hexdigest()}"', **body.shown})

    async def _list_parts(self) -> Response:
        parts = sorted(self._parts().glob("*.md5"), key=lambda path: int(path.stem))
        shown = "".join(
            f'<Part><PartNumber>{path.stem}</PartNumber><ETag>"{path.read_text()}"</ETag>'
            f"<Size>{path.with_suffix('.part').stat().st_size}</Size></Part>"
            for path in parts
        )
        return _xml(f"<ListPartsResult><IsTruncated>false</IsTruncated>{shown}</ListPartsResult>")

    async def _complete_upload(self) -> Response:
        folder = self._parts()
        parts: dict[int, dict[str, str]] = {}
        # Here the checksum in the head is about the whole file.
        for part in await self._read_xml(of_object=False):
            fields = {node.tag.rpartition("}")[2]: (node.text or "").strip() for node in part}
            parts[_number(fields.get("PartNumber", ""), "InvalidPart")] = fields
        numbers = list(parts)
        if not numbers or numbers != sorted(numbers) or not all((folder / f"{each}.sum").exists() for each in numbers):
            raise _S3Error(400, "InvalidPart", "A part is missing or out of order.")
        for number, fields in parts.items():
            sums = {value for name, value in fields.items() if name.startswith("Checksum")}
            etag = fields.get("ETag", "").strip('"')
            if etag != (folder / f"{number}.md5").read_text() or sums - {(folder / f"{number}.sum").read_text()}:
                raise _S3Error(400, "InvalidPart", "The ETag or checksum of a part does not match its upload.")
        with self.state.files.upload(self.key) as upload:
            for number in numbers:
                with (folder / f"{number}.part").open("rb") as part:
                    shutil.copyfileobj(part, upload.file, 1024 * 1024)
            etag = etag_of(upload.keep())
        self.state.files.end_parts(self.query["uploadId"])
        return _xml(
            f"<CompleteMultipartUploadResult><Bucket>{STORAGE_NAME}</Bucket><Key>{_text(self.key)}</Key>"
            f"<ETag>{etag}</ETag></CompleteMultipartUploadResult>"
        )

    async def _abort_upload(self) -> Response:
        self._parts()
        self.state.files.end_parts(self.query["uploadId"])
        return Response(status_code=204)


def _number(text: str, code: str) -> int:
    if not re.fullmatch("[0-9]{1,10}", text):
        raise _S3Error(400, code, f"{text[:50]} is not a number.")
    return int(text)


_LIST_PARAMETERS = {
    "list-type", "prefix", "delimiter", "max-keys", "marker", "start-after", "continuation-token", "encoding-type",
    "fetch-owner",
}  # fmt: skip
#: Query parameters with which some clients only name the operation.
_READ_PARAMETERS = {"x-id", "response-content-type"}


def _text(value: str) -> str:
    """As the text of an element. What XML cannot hold, S3 writes as a reference to the character."""
    return re.sub(r"[\0-\x1f\x7f\ufffe\uffff]", lambda found: f"&#{ord(found[0])};", escape(value))


def _xml(text: str, status: int = 200) -> Response:
    return Response(f'<?xml version="1.0" encoding="UTF-8"?>{text}', status, media_type="application/xml")
