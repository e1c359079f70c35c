"""Listings over many pages, collected and streamed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rescalehtc import AsyncHtcSession, HtcSession
from rescalehtc import exceptions as e
from tests.support.routes import listing
from tests.support.scripted import Driver, Make, Service, reply

BASE = "https://htc.rescale.com/api/v1"
WAYS = pytest.mark.parametrize("way", ["collect", "stream"])


def pages(*sizes: int, prefix: str = BASE) -> list[Any]:
    """Responses of a listing with pages of these sizes, numbered through."""
    start = 0
    answers: list[httpx.Response] = []
    for number, size in enumerate(sizes, 1):
        body: dict[str, Any] = {"items": list(range(start, start + size))}
        start += size
        if number < len(sizes):
            body["next"] = f"{prefix}/htc/things?pageIndex={number}"
        answers.append(reply(json=body))
    return answers


@WAYS
def test_all_pages_in_order(make: Make, service: Service, way: str) -> None:
    service.script(*pages(3, 0, 2, 0, 1))
    assert getattr(make(), way)(listing()) == list(range(6))
    assert [request.url.query.decode() for request in service.calls] == ["", *(f"pageIndex={n}" for n in range(1, 5))]
    assert all(request.headers["authorization"] == f"Bearer {Service.token(1)}" for request in service.calls)


@WAYS
@pytest.mark.parametrize(("limit", "calls"), [(0, 0), (1, 1), (3, 1), (4, 2), (5, 2), (6, 3), (7, 3)])
def test_exactly_max_items(make: Make, service: Service, way: str, limit: int, calls: int) -> None:
    service.script(*pages(3, 2, 1))
    assert getattr(make(), way)(listing(), limit) == list(range(6))[:limit]
    assert len(service.calls) == calls


@WAYS
def test_negative_numbers(make: Make, way: str) -> None:
    with pytest.raises(e.HtcPayloadError, match="max_items"):
        getattr(make(), way)(listing(), -1)


@WAYS
@pytest.mark.parametrize("answer", [{}, {"items": None}, {"items": [], "next": None}, {"items": [], "next": ""}])
def test_an_empty_listing(make: Make, service: Service, way: str, answer: object) -> None:
    service.script(reply(json=answer))
    assert getattr(make(), way)(listing()) == []


@WAYS
@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/api/v1/htc/things",
        "http://htc.rescale.com/api/v1/htc/things",
        "https://htc.rescale.com:8443/api/v1/htc/things",
        "https://htc.rescale.com.evil.example/",
        "https://htc.rescale.com@evil.example/",
        "https://htc.rescale.com\\@evil.example/",
        "//evil.example/x",
        "nonsense",
    ],
)
def test_another_origin_is_refused(make: Make, service: Service, way: str, url: str) -> None:
    service.script(reply(json={"items": [1], "next": url}))
    with pytest.raises(e.HtcPagingError, match="a host other than") as caught:
        getattr(make(), way)(listing())
    assert len(service.calls) == 1
    assert "evil" not in str(caught.value)


@WAYS
def test_the_same_origin_written_otherwise(make: Make, service: Service, way: str) -> None:
    service.script(*pages(1, 1, prefix="HTTPS://HTC.rescale.com:443/api/v1"))
    driver = make()
    assert getattr(driver, way)(listing()) == [0, 1]
    service.script(*pages(1, 1, prefix="/api/v1"))
    assert getattr(driver, way)(listing()) == [0, 1]
    assert str(service.calls[-1].url) == f"{BASE}/htc/things?pageIndex=1"


@WAYS
@pytest.mark.parametrize("length", [1, 3])
def test_a_listing_that_repeats_a_page(make: Make, service: Service, way: str, length: int) -> None:
    service.script(
        *[reply(json={"items": [n], "next": f"{BASE}/htc/things?pageIndex={n % length}"}) for n in range(length + 1)]
    )
    with pytest.raises(e.HtcPagingError, match="already read"):
        getattr(make(), way)(listing())
    assert len(service.calls) == length + 1


@WAYS
def test_an_error_in_the_middle(make: Make, service: Service, way: str) -> None:
    service.script(pages(2, 2)[0], reply(404))
    with pytest.raises(e.HtcNotFoundError):
        getattr(make(), way)(listing())


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sync", "async"])
@settings(max_examples=25)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=6), st.none() | st.integers(0, 30))
def test_collected_and_streamed_are_the_same(kind: str, sizes: list[int], limit: int | None) -> None:
    expected = list(range(sum(sizes)))[:limit]
    service = Service()
    driver = Driver(kind, service)
    try:
        for way in (driver.collect, driver.stream):
            service.script(*pages(*sizes))
            assert way(listing(), limit) == expected
    finally:
        driver.close()


def stream_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("rescalehtc-stream")]


@pytest.fixture
def session(service: Service) -> Iterator[HtcSession]:
    with (
        httpx.Client(transport=httpx.MockTransport(service)) as client,
        HtcSession(api_key="k" * 8, http_client=client) as session,
    ):
        yield session


def test_nothing_is_fetched_before_it_is_asked_for(session: HtcSession, service: Service) -> None:
    service.script(*pages(2, 2))
    stream = session.stream(listing())
    assert service.requests == []
    assert next(stream) == 0


def test_the_next_page_comes_while_the_caller_works(session: HtcSession, service: Service) -> None:
    arrived = [threading.Event() for _ in range(3)]
    answers = pages(2, 2, 2)

    def answer(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params.get("pageIndex", 0))
        arrived[number].set()
        return httpx.Response(200, content=answers[number].content)

    service.script(answer)
    stream = session.stream(listing())
    assert next(stream) == 0
    assert arrived[1].wait(10)  # requested although only one item was taken
    assert not arrived[2].is_set()  # one page ahead, no more
    assert list(stream) == [1, 2, 3, 4, 5]


def test_leaving_early_ends_the_thread(session: HtcSession, service: Service) -> None:
    service.script(*pages(2, 2, 2, 2))
    for item in session.stream(listing()):
        assert item == 0
        break
    for thread in stream_threads():
        thread.join(10)
    assert stream_threads() == []
    assert len(service.calls) <= 2


def test_leaving_early_does_not_wait_for_a_slow_page(session: HtcSession, service: Service) -> None:
    release, asked = threading.Event(), threading.Event()

    def slow(_: httpx.Request) -> httpx.Response:
        asked.set()
        release.wait(10)
        return reply(json={"items": []})

    service.script(pages(2, 1)[0], slow)
    stream: Any = session.stream(listing())
    assert next(stream) == 0
    assert asked.wait(10)
    stream.close()  # returns although the page is still on its way
    assert not release.is_set()
    release.set()
    for thread in stream_threads():
        thread.join(10)


async def test_leaving_early_cancels_the_task(service: Service) -> None:
    before = asyncio.all_tasks()
    cancelled = asyncio.Event()

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.url.params.get("pageIndex") == "1":
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                cancelled.set()
                raise
        return service(request)

    service.script(*pages(2, 2, 2))
    async with (
        httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client,
        AsyncHtcSession(api_key="k" * 8, http_client=client) as session,
    ):
        stream: Any = session.stream(listing())
        assert await anext(stream) == 0
        await asyncio.sleep(0.01)
        await stream.aclose()
        assert cancelled.is_set()
        assert asyncio.all_tasks() == before


@pytest.mark.slow
def test_a_closed_session_streams_nothing(session: HtcSession, service: Service) -> None:
    service.script(*pages(2, 2))
    stream = session.stream(listing())
    session.close()
    with pytest.raises(e.HtcClosedError):
        next(stream)
    with pytest.raises(e.HtcClosedError):
        session.stream(listing())
