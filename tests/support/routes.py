"""Handmade calls, so that these tests do not depend on the generated routes."""

from __future__ import annotations

from typing import Any

import attrs

from rescalehtc_generated.client import Call, Route, decode_nothing, decode_text
from rescalehtc_generated.json_codec import decode_json


@attrs.define
class Listing:
    items: list[Any] | None
    next: str | None


def _decode_page(content: bytes) -> Listing:
    value = decode_json(content)
    return Listing(value.get("items"), value.get("next"))


def call(method: str = "GET", target: str = "/htc/things/t1", decode: Any = decode_json, **options: Any) -> Call[Any]:
    route: Route[Any] = Route(
        "thing", "thing", method, "/htc/things/{thingId}", "bearer", "application/json", decode or decode_nothing
    )
    return Call(route, target, **options)


def listing() -> Call[Any]:
    route: Route[Any] = Route("list", "list", "GET", "/htc/things", "bearer", "application/json", _decode_page)
    return Call(route, "/htc/things")


def text() -> Call[str]:
    return Call(Route("text", "text", "GET", "/htc/text", "bearer", "text/plain", decode_text), "/htc/text")


def nothing() -> Call[None]:
    return Call(Route("drop", "drop", "DELETE", "/htc/x", "bearer", None, decode_nothing), "/htc/x")


def keyed(authorization: str | None = None) -> Call[Any]:
    route: Route[Any] = Route("who", "who", "GET", "/auth/whoami", "key", "application/json", decode_json)
    return Call(route, "/auth/whoami", authorization=authorization)


def public() -> Call[Any]:
    route: Route[Any] = Route("jwks", "jwks", "GET", "/.well-known/jwks.json", "none", "application/json", decode_json)
    return Call(route, "/.well-known/jwks.json")
