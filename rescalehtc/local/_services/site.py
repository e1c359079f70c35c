"""Everything that is not the API of the service, as one ASGI application."""

from __future__ import annotations

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse
from starlette.routing import Router
from starlette.types import ASGIApp, Receive, Scope, Send

from .._server_state import ServerState
from .._wire.messages import ApiError
from . import container_registry, control, page, presigned, s3


def make_site(state: ServerState) -> ASGIApp:
    services = (presigned, s3, container_registry, control, page)
    router = Router([route for service in services for route in service.routes(state)])

    async def site(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await router(scope, receive, send)
        except ApiError as error:
            content = {"error": error.code, "errorDescription": error.description}
            await JSONResponse(content, error.status, error.headers)(scope, receive, send)
        except ClientDisconnect:
            return

    return site
