"""A local server with a project and a task, and time that passes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from rescalehtc import HtcSession, aio, api, htcprojects, htctasks, waiting
from rescalehtc._studies import cancelling, follower, images
from rescalehtc._studies.aio import cancelling as async_cancelling
from rescalehtc._studies.aio import follower as async_follower
from rescalehtc._studies.aio import images as async_images
from rescalehtc.local import LocalServer

__all__ = ["project", "real_task", "server", "session", "task", "time_passed"]


@pytest.fixture
def time_passed(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[float]]:
    """Waits take no time; returns the pauses so far."""
    pauses: list[float] = []

    def pause(seconds: float, stop: Any = None) -> None:
        pauses.append(seconds)

    async def pause_async(seconds: float, stop: Any = None) -> None:
        pauses.append(seconds)

    for module in (
        waiting,
        images,
        follower,
        cancelling,
        aio.waiting,
        async_images,
        async_follower,
        async_cancelling,
    ):
        monkeypatch.setattr(module, "monotonic", lambda: sum(pauses))
        monkeypatch.setattr(module, "pause", pause_async if ".aio" in module.__name__ else pause)
    return lambda: pauses


@pytest.fixture
def task() -> SimpleNamespace:
    return SimpleNamespace(project_id="p1", task_id="t1")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalServer]:
    with LocalServer(speed=500) as running:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", running.s3_url)
        yield running


@pytest.fixture
def session(server: LocalServer) -> Iterator[HtcSession]:
    with HtcSession(api_key=server.api_key, base_url=server.url) as opened:
        yield opened


@pytest.fixture
def project(session: HtcSession) -> htcprojects.HtcProject:
    made = api.post_htc_projects(session, {"projectName": "wings", "projectDescription": "for a test"})
    return htcprojects.HtcProject(made.to_dict())


@pytest.fixture
def real_task(session: HtcSession, project: htcprojects.HtcProject) -> htctasks.HtcTask:
    """A task whose project has the image ``solver:latest``."""
    api.post_htc_projects_container_registry_repo(session, project.project_id, "solver")
    return htctasks.create_task_with_name(session, project, "sweep")
