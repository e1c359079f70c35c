"""Everything that is not the API of the service, as one ASGI application."""

from __future__ import annotations

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse
from starlette.routing import Router
from starlette.types import ASGIApp, Receive, Scope, Send

from .._server_state import ServerState
from .._wire.messages import ApiError
from . import control, page, presigned, s3


def make_site(state: ServerState) -> ASGIApp:
    router = Router([*presigned.routes(state), *s3.routes(state), *control.routes(state), *page.routes(state)])

    async def site(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await router(scope, receive, send)
        except ApiError as error:
            content = {"error": error.code, "errorDescription": error.description}
            await JSONResponse(content, error.status, error.headers)(scope, receive, send)
        except ClientDisconnect:
            return

    return site
