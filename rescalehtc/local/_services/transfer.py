"""Files over HTTP, for presigned URLs and the S3 API alike."""

from __future__ import annotations

import hashlib
import os

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from .._server_state import ServerState
from .._wire.messages import ApiError

#: Largest file that can be uploaded, in bytes.
MAX_UPLOAD = 5 * 1024**3


def etag_of(found: os.stat_result) -> str:
    """The ETag of a stored file.

    The checksum of a file that a job wrote is not known, so the ETag looks like that of a multipart upload, which is
    not a checksum either.
    """
    digest = hashlib.md5(f"{found.st_mtime_ns}-{found.st_size}".encode(), usedforsecurity=False)
    return f'"{digest.hexdigest()}-1"'


def check_conditions(request: Request, etag: str | None) -> None:
    """Hold a request against the ETag of the file that it is for, None if there is none.

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
    # Always as a download: a web page that a job wrote must not run under the origin of this server.
    headers = {
        "Content-Disposition": "attachment",
        "X-Content-Type-Options": "nosniff",
        "ETag": etag,
    }
    return FileResponse(path, headers=headers, stat_result=found)


async def receive_file(state: ServerState, key: str, request: Request) -> str:
    """Store the body of a request, and return its ETag. Nobody ever sees half a file.

    Raises:
        ApiError: 413 if it is too long, before any of it is read if its length is announced; 409 if a folder is
            in the way.
    """
    too_large = ApiError(413, "FILE_TOO_LARGE", f"A file may have up to {MAX_UPLOAD} bytes.", {"Connection": "close"})
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > MAX_UPLOAD:
        raise too_large
    with state.files.upload(key) as upload:
        size = 0
        async for part in request.stream():
            size += len(part)
            if size > MAX_UPLOAD:
                raise too_large
            upload.file.write(part)
        return etag_of(upload.keep())
