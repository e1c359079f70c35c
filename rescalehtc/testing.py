"""Fixtures for pytest: a local HTC server for each test, and sessions that are connected to it.

Installing ``rescalehtc[testing]`` is all it takes; pytest finds this module by itself. ::

    def test_my_study(htc_server, htc_session):
        htc_server.faults.add("status", "submitJobs", status=503, retry_after=0)
        my_application.run(htc_session)
        assert htc_server.requests.count("submitJobs") == 2
        htc_server.clock.advance(24 * 3600)
        ...

``htc_server``
    A :class:`rescalehtc.local.LocalServer` with a port and a state of its own, so that tests can run side by side. Its
    ``faults`` make it fail on demand, its ``clock`` can be advanced, its ``requests`` list what it received. It starts
    in well under a second, runs at 100 times the speed of the service, and checks each of its own responses against the
    API description. The marker ``@pytest.mark.htc_server(speed=1, workers=4, …)`` sets other options.
``htc_shared_server``
    One server for all tests of a run, for fixtures of a wider scope. It keeps what tests leave in it; call its
    ``reset`` for a clean one.
``htc_session``, ``htc_async_session``
    A :class:`rescalehtc.HtcSession` and an :class:`rescalehtc.AsyncHtcSession` on ``htc_server``. The latter exists
    if pytest-asyncio is installed.
``htc_environment``
    For code that creates its own sessions: ``HtcSession()`` without arguments uses the server, and the keys and
    cached tokens of the person who runs the tests are neither read nor written.
"""

# This module is imported by every run of pytest where the library is installed, so it loads next to nothing itself.
from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from . import HtcSession
    from .local import LocalServer

__all__ = ["htc_environment", "htc_server", "htc_session", "htc_shared_server", "pytest_configure"]

_ASYNC_MODULE = "rescalehtc._testing.async_fixtures"
_DEFAULTS: dict[str, Any] = {"speed": 100, "check_answers": True}
#: Variables from which a session takes credentials or the place of its files.
_FOREIGN = ("RESCALE_HTC_REFRESH_TOKEN", "RESCALE_HTC_BEARER_TOKEN", "RESCALE_API_KEY", "XDG_CONFIG_HOME")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, for ``--strict-markers``, and the async fixture."""
    config.addinivalue_line(
        "markers", "htc_server(**options): options of rescalehtc.local.LocalServer for the fixture htc_server"
    )
    # Not earlier: pytest warns if a plugin, here pytest-asyncio, was imported before its turn.
    if "pytest_asyncio" in sys.modules and not config.pluginmanager.hasplugin(_ASYNC_MODULE):
        config.pluginmanager.import_plugin(_ASYNC_MODULE)


@pytest.fixture
def htc_server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalServer]:
    """A local HTC server for this test alone."""
    from .local import LocalServer

    options = dict(_DEFAULTS)
    # From the module's to the test's own, so that the nearest wins.
    for marker in reversed([*request.node.iter_markers("htc_server")]):
        options |= marker.kwargs
    with LocalServer(**options) as server:
        # The providers' libraries find its storage through this.
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", server.s3_url)
        yield server


@pytest.fixture(scope="session")
def htc_shared_server() -> Iterator[LocalServer]:
    """One local HTC server for the whole run."""
    from .local import LocalServer

    with LocalServer(**_DEFAULTS) as server:
        yield server


@pytest.fixture
def htc_session(htc_server: LocalServer) -> Iterator[HtcSession]:
    """A session on ``htc_server``."""
    from . import HtcSession

    with HtcSession(api_key=htc_server.api_key, base_url=htc_server.url) as session:
        yield session


@pytest.fixture
def htc_environment(htc_server: LocalServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> LocalServer:
    """``HtcSession()`` uses ``htc_server``, in this process and in those that it starts."""
    home = tmp_path / "home-of-htc-environment"
    folder = home / ".config" / "rescalehtc" / "default"
    folder.mkdir(parents=True)
    key_file = folder / "rescale_api_token.txt"
    key_file.touch(mode=0o600)
    key_file.write_text(htc_server.api_key)
    monkeypatch.setenv("HOME", str(home))
    for name in _FOREIGN:
        monkeypatch.delenv(name, raising=False)
    for name, value in htc_server.environment.items():
        monkeypatch.setenv(name, value)
    return htc_server
