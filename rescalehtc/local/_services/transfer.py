"""Files over HTTP, for presigned URLs and the S3 API alike."""

from __future__ import annotations

import hashlib
import os

from starlette.requests import Request
from starlette.responses import FileResponse

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


def send_file(state: ServerState, key: str) -> FileResponse:
    """A file, or the range of it that the request asks for.

    Raises:
        ApiError: 404 if there is no such regular file.
    """
    path, found = state.files.regular_file(key)
    # Always as a download: a web page that a job wrote must not run under the origin of this server.
    headers = {
        "Content-Disposition": "attachment",
        "X-Content-Type-Options": "nosniff",
        "ETag": etag_of(found),
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
        digest = hashlib.md5(usedforsecurity=False)
        size = 0
        async for part in request.stream():
            size += len(part)
            if size > MAX_UPLOAD:
                raise too_large
            upload.file.write(part)
            digest.update(part)
        upload.keep()
    return f'"{digest.hexdigest()}"'
