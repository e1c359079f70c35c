"""Sync code is derived from async code; these tests compare what is written by hand on both sides."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import httpx
import pytest

from generator.client import sync
from rescalehtc import AsyncHtcSession, HtcSession, aio, api
from rescalehtc import exceptions as e
from tests.support.routes import call, keyed, listing, public, text
from tests.support.scripted import Driver, Service, reply


@pytest.mark.slow
def test_the_derived_sync_code_is_current() -> None:
    assert sync.check() == ""


def public_names(cls: type) -> set[str]:
    return {name for name in dir(cls) if not name.startswith("_")}


def test_both_sessions_offer_the_same() -> None:
    # aclose is the name that contextlib.aclosing() wants.
    old = {"RESCALE_HTC_BEARER_TOKEN", "bearer_json", "requests_session"}
    assert public_names(AsyncHtcSession) - {"aclose"} == public_names(HtcSession) - old


def test_both_modules_offer_the_same() -> None:
    # The calls by URL are those of version 1.1.0, which is sync.
    names = {name for name in api.__all__ if not name.startswith("api_")}
    assert set(aio.__all__) >= names
    for name in names - {"HtcException"}:
        sync, async_ = inspect.signature(getattr(api, name)), inspect.signature(getattr(aio, name))
        assert list(sync.parameters) == list(async_.parameters)


def page(items: list[int], following: str | None = None) -> httpx.Response:
    return reply(json={"items": items, "next": following})


NEXT = "https://htc.rescale.com/api/v1/htc/things?pageIndex=1"
SCENARIOS: dict[str, tuple[list[object], Callable[[Driver], object]]] = {
    "plain": ([reply(json=1)], lambda d: d.send(call())),
    "post": ([reply(json=1)], lambda d: d.send(call("POST", body=b"[1]", headers={"X-A": "b"}))),
    "public": ([reply(json=1)], lambda d: d.send(public())),
    "keyed": ([reply(json=1)], lambda d: d.send(keyed())),
    "renewal": ([reply(401), reply(json=1)], lambda d: d.send(call())),
    "refused": ([reply(401)], lambda d: d.send(call())),
    "busy": ([reply(503), reply(429, headers={"retry-after": "2"}), reply(json=1)], lambda d: d.send(call())),
    "busy post": ([reply(503)], lambda d: d.send(call("POST"))),
    "lost": ([httpx.ReadTimeout("x")], lambda d: d.send(call())),
    "lost post": ([httpx.ReadTimeout("x")], lambda d: d.send(call("POST"))),
    "unreachable": ([httpx.ConnectError("x")], lambda d: d.send(call("PATCH"))),
    "redirect": ([reply(302, headers={"location": "/x"})], lambda d: d.send(call())),
    "page for people": ([reply(html="<html>")], lambda d: d.send(text())),
    "no json": ([reply(content=b"{")], lambda d: d.send(call())),
    "pages": ([page([1], NEXT), page([2])], lambda d: d.collect(listing())),
    "stream": ([page([1], NEXT), page([2])], lambda d: d.stream(listing(), 2)),
    "circle": ([page([1], NEXT)], lambda d: d.collect(listing())),
    "elsewhere": ([page([1], "https://evil.example/")], lambda d: d.stream(listing())),
    "token": ([], lambda d: d.invoke("do_authenticate")),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_both_do_the_same(name: str, pauses: list[float]) -> None:
    answers, use = SCENARIOS[name]
    seen: list[object] = []
    for kind in ("sync", "async"):
        service = Service().script(*answers)  # type: ignore[arg-type]
        driver = Driver(kind, service)
        driver.session._exchange.timing.jitter = lambda: 0.5
        pauses.clear()
        try:
            outcome: object = repr(use(driver))
        except e.HtcException as error:
            outcome = (type(error), str(error), vars(error))
        finally:
            driver.close()
        requests = [(r.method, str(r.url), sorted(r.headers.items()), r.content) for r in service.requests]
        seen.append((outcome, requests, list(pauses)))
    assert seen[0] == seen[1]
