"""Uploads under presigned URLs.

A URL is valid only for the method that it was made for, as with the service: those of the API are for PUT. Read
uploads with the credentials of a storage token.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .._server_state import ServerState
from .._state.storage_access import PRESIGNED_PREFIX, is_presigned
from .._wire.messages import ApiError
from .checksums import CheckedBody
from .transfer import MAX_UPLOAD, apply_fault, receive_file


def routes(state: ServerState) -> list[Route]:
    async def serve(request: Request) -> Response:
        key: str = request.path_params["key"]
        expires = request.query_params.get("expires", "")
        signature = request.query_params.get("signature", "")
        if not expires.isdigit() or not is_presigned(state.credentials, request.method, key, expires, signature):
            description = f"This server did not make the URL for {request.method}, or the URL was changed."
            raise ApiError(403, "SIGNATURE_DOES_NOT_MATCH", description)
        if state.clock.now() >= int(expires):
            raise ApiError(403, "EXPIRED", "The URL has expired; ask for a new one.")
        if (fault := await apply_fault(state, request, "putFile")) is not None:
            return fault
        body = CheckedBody(request, MAX_UPLOAD, None)
        return Response(headers={"ETag": await receive_file(state, key, body), **body.shown})

    return [Route(PRESIGNED_PREFIX + "{key:key}", serve, methods=["GET", "PUT"])]
