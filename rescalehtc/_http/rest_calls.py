"""The five functions with which 1.1.0 made its calls; programs used them for routes that have no function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

import attrs

from rescalehtc_generated.client import Call, Route, check_session, decode_text, query
from rescalehtc_generated.json_codec import decode_json, encode_json

from ..exceptions import HtcDecodeError, HtcPayloadError

if TYPE_CHECKING:
    from rescalehtc_generated.client import Session


# What a URL may hold unquoted; what is quoted already stays so.
_SAFE = "!$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True)
class _Page:
    items: list[Any] | None
    next: str | None


def api_get(
    rescale: Session,
    endpoint: str,
    params: Mapping[str, object] | Sequence[tuple[str, object]] | str | None = None,
    max_items: int | None = None,
    custom_auth_header: str | None = None,
    return_json: bool = True,
) -> Any:
    """GET any route: the JSON value as plain Python values, the items of all pages of a listing, or the text.

    Args:
        rescale: Session to use.
        endpoint: Full URL, which must be on the session's host, or a path below the base URL.
        params: Parameters of the query: a mapping, pairs, or a string that is quoted already.
        max_items: Largest number of items of a listing.
        custom_auth_header: Authorization header instead of the bearer token.
        return_json: Whether the response is JSON, not text.

    Raises:
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
    """
    call = _call("GET", rescale, endpoint, None, params, custom_auth_header, return_json)
    if not return_json:
        return rescale.send(call)
    single: list[Any] = []

    def decode(content: bytes) -> _Page:
        value = decode_json(content)
        if not isinstance(value, dict) or "items" not in value:
            single.append(value)
            return _Page([], None)
        page = cast("dict[str, Any]", value)
        items: object = page["items"]
        if not isinstance(items, list | None):
            raise HtcDecodeError("its items are not a list")
        return _Page(cast("list[Any] | None", items), page.get("next"))

    items = rescale.collect(attrs.evolve(call, route=attrs.evolve(call.route, decode=decode)), max_items)
    return single[0] if single else list(items)


def api_post(
    rescale: Session,
    endpoint: str,
    payload: object,
    params: Mapping[str, object] | Sequence[tuple[str, object]] | str | None = None,
    custom_auth_header: str | None = None,
    return_json: bool = True,
) -> Any:
    """POST a payload to any route; everything else is as for :func:`api_get`."""
    call = _call("POST", rescale, endpoint, payload, params, custom_auth_header, return_json)
    return rescale.send(call)


def api_put(
    rescale: Session,
    endpoint: str,
    payload: object,
    params: Mapping[str, object] | Sequence[tuple[str, object]] | str | None = None,
    custom_auth_header: str | None = None,
    return_json: bool = True,
) -> Any:
    """PUT a payload to any route; everything else is as for :func:`api_get`."""
    call = _call("PUT", rescale, endpoint, payload, params, custom_auth_header, return_json)
    return rescale.send(call)


def api_patch(
    rescale: Session,
    endpoint: str,
    payload: object,
    params: Mapping[str, object] | Sequence[tuple[str, object]] | str | None = None,
    custom_auth_header: str | None = None,
    return_json: bool = True,
) -> Any:
    """PATCH any route with a payload; everything else is as for :func:`api_get`."""
    call = _call("PATCH", rescale, endpoint, payload, params, custom_auth_header, return_json)
    return rescale.send(call)


def api_delete(
    rescale: Session,
    endpoint: str,
    params: Mapping[str, object] | Sequence[tuple[str, object]] | str | None = None,
    custom_auth_header: str | None = None,
    return_json: bool = True,
) -> Any:
    """DELETE on any route; everything else is as for :func:`api_get`."""
    call = _call("DELETE", rescale, endpoint, None, params, custom_auth_header, return_json)
    return rescale.send(call)


def _call(
    method: str,
    session: Session,
    endpoint: str,
    payload: object,
    params: Mapping[str, object] | Sequence[tuple[str, object]] | str | None,
    authorization: str | None,
    return_json: bool,
) -> Call[Any]:
    name = f"api_{method.lower()}"
    check_session(session, "sync", name)
    accept, decode = "text/plain", decode_text
    if return_json:
        accept, decode = "application/json", decode_json
    path, _, given = quote(_text(endpoint).partition("#")[0], safe=_SAFE).partition("?")
    text = "&".join(part for part in (given, _query_text(params)) if part)
    route: Route[Any] = Route(name, name, method, path, "bearer", accept, decode)
    body = None if payload is None else encode_json(payload)
    return Call(route, f"{path}?{text}" if text else path, body, authorization=authorization)


def _text(endpoint: object) -> str:
    if isinstance(endpoint, str):
        return endpoint
    raise HtcPayloadError(f"The endpoint must be a URL or a path, not {type(endpoint).__name__}.")


def _query_text(params: Mapping[str, object] | Sequence[tuple[str, object]] | str | None) -> str:
    if isinstance(params, str):
        return quote(params.removeprefix("?"), safe=_SAFE)
    try:
        pairs = [(name, value) for name, value in (params.items() if isinstance(params, Mapping) else params or ())]
    except (TypeError, ValueError) as error:
        raise HtcPayloadError("params must be a mapping, pairs of names and values, or a string.") from error
    return query(*pairs)[1:]
