"""The functions for whole studies in both forms, on a service in memory, so that one test holds both."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncGenerator, Callable, Iterator
from typing import Any

import httpx
import pytest

import rescalehtc
from rescalehtc import AsyncHtcSession, HtcSession, aio

from .memory_service import MemoryService, transport

__all__ = ["Connect", "connect", "sync_session"]

_ORIGIN = "http://localhost"
_OPTIONS: dict[str, Any] = {"api_key": "key-0123456789abcdef", "base_url": f"{_ORIGIN}/api"}


def sync_session(service: MemoryService) -> HtcSession:
    service.origin = _ORIGIN
    return HtcSession(http_client=httpx.Client(transport=transport(service)), **_OPTIONS)


class Study:
    """Has each function of the package as a method that needs no session; those of a module under ``module.name``."""

    def __init__(self, session: Any, package: Any, runner: asyncio.Runner | None) -> None:
        self._session, self._package, self._runner = session, package, runner

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


Connect = Callable[[MemoryService], Study]


# Of the session, because the tests of properties use it for many examples.
@pytest.fixture(scope="session", params=["sync", "async"])
def connect(request: pytest.FixtureRequest) -> Iterator[Connect]:
    """Connects a service to the functions of one kind."""
    if request.param == "sync":
        yield lambda service: Study(sync_session(service), rescalehtc, None)
        return
    with asyncio.Runner() as runner:

        def open_async(service: MemoryService) -> Study:
            service.origin = _ORIGIN
            client = httpx.AsyncClient(transport=transport(service))
            return Study(AsyncHtcSession(http_client=client, **_OPTIONS), aio, runner)

        yield open_async
