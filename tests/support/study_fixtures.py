"""A scripted service without a network, for both sync and async sessions."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from rescalehtc import HtcSession, aio, api, htcprojects, htctasks, results, submission, waiting
from rescalehtc._studies import cancelling, follower, images
from rescalehtc._studies.aio import cancelling as async_cancelling
from rescalehtc._studies.aio import follower as async_follower
from rescalehtc._studies.aio import images as async_images
from rescalehtc.local import LocalServer
from rescalehtc_generated.api.job import list_job_logs
from rescalehtc_generated.models import (
    HTCImageStatus,
    HTCJob,
    HTCJobSubmitRequest,
    HTCLogEvent,
    HTCProject,
    JobStatusSummary,
)

__all__ = ["client", "project", "real_task", "server", "service", "service_class", "session", "task", "time_passed"]


class Service:
    """Takes batches, lists jobs, counts them; can be told to fail."""

    def __init__(self) -> None:
        self.batches: list[dict[str, Any]] = []
        self.groups: list[str | None] = []
        self.images: dict[str, list[str]] = {}
        self.counts: list[dict[str, int]] = []
        self.jobs: list[dict[str, Any]] | None = None
        self.logs: dict[str, list[str]] = {}
        self.calls: list[str] = []
        self.before_submit: dict[int, BaseException] = {}
        self.after_submit: dict[int, BaseException] = {}
        self.answer_submit: Callable[[list[HTCJobSubmitRequest]], list[HTCJobSubmitRequest]] = lambda answers: answers
        self.jobs_before: dict[str, int] = {}
        self.submitting = False
        self._posts = 0

    @contextmanager
    def while_submitting(self) -> Iterator[None]:
        """A submission to a given group asks first how many jobs it has; the scripted counts are those after it."""
        self.submitting = True
        try:
            yield
        finally:
            self.submitting = False

    def called(self, operation: str) -> int:
        return self.calls.count(operation)

    def send(self, call: Any) -> Any:
        operation = call.route.operation_id
        if operation in ("getProjectDimensions", "listProjectLimits"):
            return []
        if operation == "getProject":
            return HTCProject.from_dict({"projectName": "wings", "projectDescription": "for a test"})
        self.calls.append(operation)
        query = parse_qs(urlsplit(call.target).query)
        if operation == "submitJobs":
            return self._submit(json.loads(call.body), query.get("group", [None])[0])
        if operation == "getImageStatus":
            states = self.images.get(call.target.rsplit("/", 1)[1], ["READY"])
            return HTCImageStatus.from_dict({"status": states.pop(0) if len(states) > 1 else states[0]})
        if operation == "getTaskSummaryStatistics":
            counts = self.counts.pop(0) if len(self.counts) > 1 else self.counts[0]
            return JobStatusSummary.from_dict({"jobStatuses": counts})
        raise AssertionError(operation)

    def collect(self, call: Any, max_items: int | None = None) -> list[Any]:
        return list(self.stream(call, max_items))

    def stream(self, call: Any, max_items: int | None = None) -> Iterator[Any]:
        operation = call.route.operation_id
        query = parse_qs(urlsplit(call.target).query)
        if self.submitting and operation == "listGroupSummaryStatistics":
            group = query["group"][0]
            return iter([JobStatusSummary.from_dict({"group": group, "jobStatuses": self.jobs_before})])
        self.calls.append(operation)
        items = list(getattr(self, f"_{operation}")(call, query))
        return iter(items[:max_items])

    def _submit(self, payload: list[dict[str, Any]], group: str | None) -> list[HTCJobSubmitRequest]:
        number, self._posts = self._posts, self._posts + 1
        if number in self.before_submit:
            raise self.before_submit[number]
        answers = []
        for request in payload:
            parent = f"batch{len(self.batches)}"
            self.batches.append({**request, "parentJobId": parent})
            self.groups.append(group)
            answers.append(HTCJobSubmitRequest.from_dict(self.batches[-1]))
        if number in self.after_submit:
            raise self.after_submit[number]
        return self.answer_submit(answers)

    def _listJobs(self, call: Any, query: dict[str, list[str]]) -> Iterator[HTCJob]:
        jobs = self.jobs
        if jobs is None:
            jobs = [
                {
                    "jobUUID": f"{batch['parentJobId']}:{index}",
                    "status": "SUCCEEDED",
                    "tags": batch.get("tags"),
                    "envs": batch["htcJobDefinition"].get("envs"),
                }
                for batch in self.batches
                for index in range(batch["batchSize"])
            ]
        for job in jobs:
            if job["status"] == query.get("status", [job["status"]])[0]:
                yield HTCJob.from_dict(job)

    def _listJobLogs(self, call: Any, query: dict[str, list[str]]) -> Iterator[HTCLogEvent | str]:
        job_id = call.target.split("/jobs/")[1].split("/")[0]
        lines = self.logs[job_id]
        for line in lines if query.get("sort") == ["asc"] else reversed(lines):
            # rescalehtc.logs decodes to text only.
            text_only = call.route is not list_job_logs.ROUTE
            yield line if text_only else HTCLogEvent.from_dict({"message": line, "timestamp": "2026-01-15T09:30:00Z"})

    def _listGroupSummaryStatistics(self, call: Any, query: dict[str, list[str]]) -> Iterator[JobStatusSummary]:
        yield JobStatusSummary.from_dict({"group": "another", "jobStatuses": {"RUNNING": 99}})
        for group in query["group"]:
            counts = self.counts.pop(0) if len(self.counts) > 1 else self.counts[0]
            yield JobStatusSummary.from_dict({"group": group, "jobStatuses": counts})


class AsyncService:
    """The same service behind an async session."""

    def __init__(self, service: Service) -> None:
        self.service = service

    async def send(self, call: Any) -> Any:
        await asyncio.sleep(0)
        return self.service.send(call)

    async def collect(self, call: Any, max_items: int | None = None) -> list[Any]:
        await asyncio.sleep(0)
        return self.service.collect(call, max_items)

    async def stream(self, call: Any, max_items: int | None = None) -> AsyncIterator[Any]:
        for item in self.service.stream(call, max_items):
            await asyncio.sleep(0)
            yield item


class Sync:
    """The functions for a sync session."""

    def __init__(self, service: Service) -> None:
        self._session = service

    def submit(self, *arguments: Any, **options: Any) -> submission.Submission:
        with self._session.while_submitting():
            return submission.submit(self._session, *arguments, **options)

    def wait(self, *arguments: Any, **options: Any) -> waiting.JobCounts:
        return waiting.wait(self._session, *arguments, **options)

    def results(self, *arguments: Any, **options: Any) -> results.JobResults:
        return results.get_results(self._session, *arguments, **options)


class Async:
    """The functions for an async session, each in an event loop of its own."""

    def __init__(self, service: Service) -> None:
        self._session: Any = AsyncService(service)

    def submit(self, *arguments: Any, **options: Any) -> submission.Submission:
        with self._session.service.while_submitting():
            return asyncio.run(aio.submit(self._session, *arguments, **options))

    def wait(self, *arguments: Any, **options: Any) -> waiting.JobCounts:
        return asyncio.run(aio.wait(self._session, *arguments, **options))

    def results(self, *arguments: Any, **options: Any) -> results.JobResults:
        return asyncio.run(aio.get_results(self._session, *arguments, **options))


@pytest.fixture(scope="session")
def service_class() -> type[Service]:
    return Service


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture(params=[Sync, Async], ids=["sync", "async"])
def client(request: pytest.FixtureRequest, service: Service) -> Sync | Async:
    return request.param(service)


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
