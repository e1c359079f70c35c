"""Upload and download under presigned URLs.

A URL is valid only for the method that it was made for, as with the service: those of the API are for PUT. To
look at an upload without a provider's library, use a GET with a header.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .._server_state import ServerState
from .._state.storage_access import PRESIGNED_PREFIX, is_presigned
from .._wire.messages import ApiError
from .storage_faults import apply_fault
from .transfer import receive_file, send_file

_READ_BACK = "x-rescale-htc-local-read-back"


def routes(state: ServerState) -> list[Route]:
    async def serve(request: Request) -> Response:
        key: str = request.path_params["key"]
        query = request.query_params
        expires, method = query.get("expires", ""), query.get("method", "")
        signature = query.get("signature", "")
        if not expires.isdigit() or not is_presigned(state.credentials, method, key, expires, signature):
            raise ApiError(403, "SIGNATURE_DOES_NOT_MATCH", "This server did not make the URL, or the URL was changed.")
        if state.clock.now() >= int(expires):
            raise ApiError(403, "EXPIRED", "The URL has expired; ask for a new one.")
        reads = request.method in ("GET", "HEAD")
        if request.method != method and not (reads and _READ_BACK in request.headers):
            raise ApiError(403, "METHOD_DOES_NOT_MATCH", f"The URL was made for {method}, not for {request.method}.")
        if reads:
            return await apply_fault(state, request, "getFile") or send_file(state, key)
        if (fault := await apply_fault(state, request, "putFile")) is not None:
            return fault
        etag = await receive_file(state, key, request)
        return Response(headers={"ETag": etag})

    return [Route(PRESIGNED_PREFIX + "{key:path}", serve, methods=["GET", "HEAD", "PUT"])]
