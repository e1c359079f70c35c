"""Files over HTTP, for presigned URLs and the S3 API alike."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import AsyncIterable

from starlette.convertors import PathConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from .._server_state import ServerState
from .._wire.faults import apply_delays
from .._wire.messages import ApiError


class _KeyConvertor(PathConvertor):
    """A path that may hold line breaks."""

    regex = "(?s:.*)"


register_url_convertor("key", _KeyConvertor())

#: Largest file that can be uploaded, in bytes.
MAX_UPLOAD = 5 * 1024**3

#: A range as S3 understands it. Any other is ignored, and the response is the whole file, as HTTP asks for.
_RANGE = re.compile(r"(?i:bytes)=(?:([0-9]{1,19})-([0-9]{0,19})|-[0-9]{1,19})")


async def apply_fault(state: ServerState, request: Request, operation: str) -> Response | None:
    """The response that replaces an operation of the storage, if there is a fault for it.

    Called after the client's permissions were checked.
    """
    notes = request.scope["state"]
    notes["operation"] = operation
    fault = await apply_delays(state.faults.take(operation), notes)
    if fault is None or fault.kind not in ("status", "cut_before"):
        return None
    return Response(status_code=fault.status)


def etag_of(found: os.stat_result) -> str:
    """The ETag of a stored file.

    The checksum of a file that a job wrote is not known, so the ETag looks like that of a multipart upload, which is
    not a checksum either.
    """
    digest = hashlib.md5(f"{found.st_mtime_ns}-{found.st_size}".encode(), usedforsecurity=False)
    return f'"{digest.hexdigest()}-1"'


def check_conditions(request: Request, etag: str | None) -> None:
    """Compare the conditions of a request with the ETag of its file, None if there is none.

    Raises:
        ApiError: 412 if it is meant for another file, or for a new one.
    """
    wanted, unwanted = request.headers.get("if-match"), request.headers.get("if-none-match")
    changed = wanted is not None and (etag is None or wanted not in ("*", etag))
    exists = request.method == "PUT" and etag is not None and unwanted in ("*", etag)
    if changed or exists:
        raise ApiError(412, "PRECONDITION_FAILED", "If-Match or If-None-Match does not hold.")


def send_file(state: ServerState, key: str, request: Request) -> Response:
    """A file, the range of it that the request asks for, or 304 if the client has it.

    Raises:
        ApiError: 404 if there is no such regular file, 412 if the request is meant for another one.
    """
    path, found = state.files.regular_file(key)
    etag = etag_of(found)
    check_conditions(request, etag)
    if request.headers.get("if-none-match") in ("*", etag):
        return Response(status_code=304, headers={"ETag": etag})
    wanted = _RANGE.fullmatch(request.headers.get("range", ""))
    if wanted is None or (wanted[2] and int(wanted[2]) < int(wanted[1])):
        request.scope["headers"] = [header for header in request.scope["headers"] if header[0] != b"range"]
    # Always as a download: a web page that a job wrote must not run under the origin of this server.
    headers = {
        "Content-Disposition": "attachment",
        "X-Content-Type-Options": "nosniff",
        "ETag": etag,
    }
    return FileResponse(path, headers=headers, stat_result=found)


async def receive_file(state: ServerState, key: str, body: AsyncIterable[bytes]) -> str:
    """Store the body of a request, and return its ETag. Nobody ever sees half a file, nor one with a wrong checksum.

    Raises:
        ApiError: 413 if it is too long, 409 if a folder is in the way, 400 if a checksum does not match.
    """
    with state.files.upload(key) as upload:
        async for part in body:
            upload.file.write(part)
        return etag_of(upload.keep())
