"""Fixtures: no credentials or certificates of this machine, no waiting, sessions of both kinds."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rescalehtc._http.aio.runtime import AsyncRuntime
from rescalehtc._http.closing import refuse_closed
from rescalehtc._http.runtime import Runtime
from tests.support.raw_server import Server
from tests.support.scripted import Driver, Make, Service


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home folder of each test, which most tests never make: a ``tmp_path`` takes longer than they do."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch, homes: Iterator[Path]) -> None:
    """Nothing of the machine that runs the tests reaches them."""
    for name in (
        "RESCALE_HTC_REFRESH_TOKEN",
        "RESCALE_API_TOKEN",
        "RESCALE_HTC_BEARER_TOKEN",
        "RESCALE_HTC_API_URL",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "REQUESTS_CA_BUNDLE",
        "CURL_CA_BUNDLE",
    ):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("HOME", str(next(homes)))


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Waits between attempts, which take no time here."""
    waits: list[float] = []

    def pause(self: Runtime, seconds: float) -> None:
        waits.append(seconds)
        refuse_closed("HtcSession", self.closed)

    async def pause_async(self: AsyncRuntime, seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(0)
        refuse_closed("AsyncHtcSession", self.closed)

    monkeypatch.setattr(Runtime, "pause", pause)
    monkeypatch.setattr(AsyncRuntime, "pause", pause_async)
    return waits


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def make(kind: str, service: Service) -> Iterator[Make]:
    """Makes drivers of both kinds, one after the other test run, and closes them."""
    made: list[Driver] = []

    def build(**options: Any) -> Driver:
        made.append(Driver(kind, service, **options))
        return made[-1]

    yield build
    for driver in made:
        driver.close()


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as server:
        yield server
