"""The control routes, for tests in any language: clock, faults, images, the request log, and the whole state.

All but ``/health`` need ``Authorization: Token <API key>``. They are not part of the service.

    GET    /health            whether the server is up; for scripts that wait for it
    GET    /local/state       refresh token, clock, waiting faults, operations that return 501
    POST   /local/clock       {"advance": seconds}
    POST   /local/faults      a fault, or a list of them; the fields are those of ``rescalehtc.local.Fault``
    DELETE /local/faults
    POST   /local/images      {"projectId": …, "imageName": …}: as if the image had been pushed
    GET    /local/requests    the requests received, oldest first
    DELETE /local/requests
    POST   /local/reset       forget everything but the keys
    POST   /local/snapshots   save the present state under {"name": …}
    PUT    /local/snapshots   go back to the state under {"name": …}
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from .._handlers.images import add_image
from .._handlers.registry import operations_without_handler
from .._server_state import ServerState
from .._wire.exchange import read_body
from .._wire.messages import ApiError, bad_request, decode, not_found
from .._wire.types import Json, JsonObject, is_list
from . import snapshots

_MAX_BODY = 1024 * 1024


def routes(state: ServerState) -> list[Route]:
    async def serve(request: Request) -> Response:
        scheme, _, credential = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "token" or not state.credentials.is_api_key(credential.strip()):
            raise ApiError(401, "UNAUTHORIZED", "The API key is missing or wrong.", {"WWW-Authenticate": "Token"})
        name: str = request.path_params["name"]
        methods = _ROUTES.get(name)
        if methods is None:
            raise not_found("The control route", name)
        if request.method not in methods:
            raise ApiError(405, "METHOD_NOT_ALLOWED", "", {"Allow": ", ".join(sorted(methods))})
        body = await read_body(request, _MAX_BODY)
        try:
            sent: Json = decode(body) if body else None
            with state.transaction():
                return JSONResponse(methods[request.method](state, sent))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise bad_request(f"{type(error).__name__}: {error}") from None

    async def health(request: Request) -> Response:
        return PlainTextResponse("ok\n")

    every = ["GET", "POST", "PUT", "DELETE"]
    return [Route("/health", health), Route("/local/{name:path}", serve, methods=every)]


def _state(state: ServerState, sent: Json) -> JsonObject:
    clock = state.clock
    return {
        "url": state.base_url,
        "refreshToken": state.credentials.refresh_token,
        "clock": {"now": clock.now(), "offset": clock.offset, "speed": clock.speed},
        "faults": state.faults.waiting(),
        "notImplemented": operations_without_handler(state.spec),
    }


def _advance(state: ServerState, sent: Json) -> JsonObject:
    return {"now": state.clock.advance(float(sent["advance"]))}


def _add_faults(state: ServerState, sent: Json) -> list[JsonObject]:
    wanted: list[JsonObject] = sent if is_list(sent) else [sent]
    for fault in wanted:
        state.faults.add(**fault)
    return state.faults.waiting()


def _clear_faults(state: ServerState, sent: Json) -> list[JsonObject]:
    state.faults.clear()
    return []


def _push_image(state: ServerState, sent: Json) -> JsonObject:
    project, image = str(sent["projectId"]), str(sent["imageName"])
    state.require_project(project)
    add_image(state, project, image)
    return {"projectId": project, "imageName": image}


def _requests(state: ServerState, sent: Json) -> list[JsonObject]:
    return [record._asdict() for record in state.requests]


def _clear_requests(state: ServerState, sent: Json) -> list[JsonObject]:
    state.requests.clear()
    return []


def _reset(state: ServerState, sent: Json) -> JsonObject:
    snapshots.reset(state)
    return {}


def _take_snapshot(state: ServerState, sent: Json) -> JsonObject:
    snapshots.take(state, str(sent["name"]))
    return {"name": sent["name"]}


def _restore_snapshot(state: ServerState, sent: Json) -> JsonObject:
    snapshots.restore(state, str(sent["name"]))
    return {"name": sent["name"]}


_Action = Callable[[ServerState, Json], Any]
_ROUTES: dict[str, dict[str, _Action]] = {
    "state": {"GET": _state},
    "clock": {"POST": _advance},
    "faults": {"POST": _add_faults, "DELETE": _clear_faults},
    "images": {"POST": _push_image},
    "requests": {"GET": _requests, "DELETE": _clear_requests},
    "reset": {"POST": _reset},
    "snapshots": {"POST": _take_snapshot, "PUT": _restore_snapshot},
}
