"""The functions for whole studies in both forms, on a service in memory, so that one test holds both."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncGenerator, Callable, Iterator
from functools import partial
from typing import Any

import httpx
import pytest

import rescalehtc
from rescalehtc import AsyncHtcSession, HtcSession, aio

from .memory_service import MemoryService, transport

__all__ = ["Connect", "OpenStudy", "Study", "connect", "open_study", "service", "study"]

_ORIGIN = "http://localhost"
_OPTIONS: dict[str, Any] = {"api_key": "key-0123456789abcdef", "base_url": f"{_ORIGIN}/api"}


def sync_session(service: MemoryService) -> HtcSession:
    return _connected(partial(_opened, HtcSession, httpx.Client, rescalehtc, None), service)._session


def async_session(service: MemoryService) -> Any:
    return _connected(partial(_opened, AsyncHtcSession, httpx.AsyncClient, aio, None), service)._session


class Study:
    """Has each function of the package as a method that needs no session; those of a module under ``module.name``."""

    def __init__(self, session: Any, package: Any, runner: asyncio.Runner | None) -> None:
        self._session, self._package, self._runner = session, package, runner

    def __enter__(self) -> Study:
        return self

    def __exit__(self, *_: object) -> None:
        self._finish(self._session.close())

    def with_options(self, **options: Any) -> Study:
        return Study(self._session.with_options(**options), self._package, self._runner)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._package, name)
        if inspect.ismodule(found):
            return Study(self._session, found, self._runner)
        return lambda *arguments, **options: self._finish(found(self._session, *arguments, **options))

    def _finish(self, result: Any) -> Any:
        if self._runner is None:
            return result
        return self._items(result) if inspect.isasyncgen(result) else self._runner.run(result)

    def _items(self, items: AsyncGenerator[Any]) -> Iterator[Any]:
        async def following() -> Any:
            return await anext(items)

        assert self._runner is not None
        try:
            while True:
                try:
                    item = self._runner.run(following())
                except StopAsyncIteration:
                    return
                yield item
        finally:
            self._runner.run(items.aclose())


OpenStudy = Callable[..., Study]
Connect = Callable[[MemoryService], Study]


# Of the session, because the tests of properties use it for many examples.
@pytest.fixture(scope="session", params=["sync", "async"])
def open_study(request: pytest.FixtureRequest) -> Iterator[OpenStudy]:
    """Opens a session of one kind; an HTTP client is made for a ``transport``."""
    if request.param == "sync":
        yield partial(_opened, HtcSession, httpx.Client, rescalehtc, None)
        return
    with asyncio.Runner() as runner:
        yield partial(_opened, AsyncHtcSession, httpx.AsyncClient, aio, runner)


def _opened(
    kind: Any, client: Any, package: Any, runner: asyncio.Runner | None, *, transport: Any = None, **options: Any
) -> Study:
    if transport is not None:
        options["http_client"] = client(transport=transport)
    return Study(kind(**options), package, runner)


@pytest.fixture(scope="session")
def connect(open_study: OpenStudy) -> Connect:
    """Connects a service in memory to the functions of one kind."""

    return partial(_connected, open_study)


def _connected(open_study: OpenStudy, service: MemoryService) -> Study:
    service.origin = _ORIGIN
    study = open_study(transport=transport(service), **_OPTIONS)
    kind = type(study._session)
    failing = {"send": lambda session, call: service.submit_or_fail(partial(kind.send, session), call)}
    study._session.__class__ = type(kind.__name__, (kind,), failing)
    return study


@pytest.fixture
def service() -> MemoryService:
    return MemoryService()


@pytest.fixture
def study(connect: Connect, service: MemoryService) -> Study:
    return connect(service)
