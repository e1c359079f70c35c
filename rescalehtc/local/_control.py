"""The control route: clock, faults and images, for tests in any language.

All of it needs `Authorization: Token <API key>`. It is no part of the service.

    GET    /local/state     refresh token, clock, waiting faults
    POST   /local/clock     {"advance": seconds}
    POST   /local/faults    a fault, or a list of them; the fields are those of `rescalehtc.local.Fault`
    DELETE /local/faults
    POST   /local/images    {"projectId": …, "imageName": …}: as if the image had been pushed
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rescalehtc.local._handlers.images import add_image
from rescalehtc.local._http import Answer, Refusal, bad_request, decode, not_found
from rescalehtc.local._types import Json, JsonObject, is_list
from rescalehtc.local._world import World

PREFIX = "/local/"


def serve(world: World, method: str, raw_path: str, headers: dict[str, str], body: bytes) -> Answer:
    """One request to the control route."""
    scheme, _, credential = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "token" or not world.auth.is_api_key(credential.strip()):
        raise Refusal(401, "UNAUTHORIZED", "", {"WWW-Authenticate": "Token"})
    name = raw_path[len(PREFIX) :]
    methods = _ROUTES.get(name)
    if methods is None:
        raise not_found("The control route", name)
    if method not in methods:
        raise Refusal(405, "", "", {"Allow": ", ".join(sorted(methods))})
    try:
        sent: Json = decode(body) if body else None
        return Answer.json(200, methods[method](world, sent))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise bad_request(f"{type(error).__name__}: {error}") from None


def _state(world: World, sent: Json) -> JsonObject:
    clock = world.clock
    return {
        "url": world.base_url,
        "refreshToken": world.auth.refresh_token,
        "clock": {"now": clock.now(), "offset": clock.offset, "speed": clock.speed},
        "faults": world.faults.waiting(),
    }


def _advance(world: World, sent: Json) -> JsonObject:
    return {"now": world.clock.advance(float(sent["advance"]))}


def _add_faults(world: World, sent: Json) -> list[JsonObject]:
    wanted: list[JsonObject] = sent if is_list(sent) else [sent]
    for fault in wanted:
        world.faults.add(**fault)
    return world.faults.waiting()


def _clear_faults(world: World, sent: Json) -> list[JsonObject]:
    world.faults.clear()
    return []


def _push_image(world: World, sent: Json) -> JsonObject:
    project, image = str(sent["projectId"]), str(sent["imageName"])
    world.require_project(project)
    add_image(world, project, image)
    return {"projectId": project, "imageName": image}


_Action = Callable[[World, Json], Any]
_ROUTES: dict[str, dict[str, _Action]] = {
    "state": {"GET": _state},
    "clock": {"POST": _advance},
    "faults": {"POST": _add_faults, "DELETE": _clear_faults},
    "images": {"POST": _push_image},
}
