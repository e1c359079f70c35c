"""A common mistake raises an exception that says in one sentence what to do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock
from uuid import UUID

import httpx
import pytest

from rescalehtc import (
    AsyncHtcSession,
    HtcSession,
    JobDefinition,
    aio,
    api,
    get_results,
    htcprojects,
    htctasks,
    logs,
    storage,
    submit,
    wait,
)
from rescalehtc.exceptions import HtcException, HtcNotFoundError, HtcPayloadError
from rescalehtc.models import HTCProject, HTCTask
from tests.support.scripted import KEY, Service, reply

TASK = HTCTask.from_dict({"taskId": "t-1", "projectId": "p-1"})
ID = UUID(int=5)


@pytest.mark.parametrize(
    "use",
    [
        api.get_htc_projects,
        lambda session: api.iter_htc_projects_tasks(session, "p"),
        lambda session: api.post_htc_projects(rescale=session, payload={}),
        lambda session: api.api_get(session, "/htc/projects"),
        lambda session: submit(session, TASK, []),
        lambda session: wait(session, TASK),
        lambda session: get_results(session, TASK),
        lambda session: list(logs.read(session, "p", "t", "j")),
        lambda session: storage.upload_file(session, TASK, "file", "file"),
        htcprojects.get_projects,
        lambda session: htctasks.get_tasks(session, htcprojects.HtcProject({"projectId": "p"})),
    ],
)
def test_an_async_session_in_sync_code(use: Callable[[Any], Any]) -> None:
    with pytest.raises(
        HtcPayloadError, match=r"takes an HtcSession, and this is an AsyncHtcSession: .*rescalehtc\.aio"
    ):
        use(AsyncHtcSession(api_key=KEY))
    with pytest.raises(HtcPayloadError, match="takes an HtcSession as its first argument, not str") as caught:
        use(KEY)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    "use",
    [
        aio.get_htc_projects,
        lambda session: aio.submit(session, TASK, []),
        lambda session: aio.wait(session, TASK),
        lambda session: aio.get_results(session, TASK),
        lambda session: aio.storage.upload_file(session, TASK, "file", "file"),
    ],
)
def test_a_sync_session_in_async_code(use: Callable[[Any], Any]) -> None:
    async def run() -> None:
        await use(HtcSession(api_key=KEY))

    with pytest.raises(HtcPayloadError, match=r"takes an AsyncHtcSession, and this is an HtcSession: .*outside"):
        asyncio.run(run())


def test_test_doubles_of_a_session_are_taken() -> None:
    session = MagicMock()
    assert api.get_htc_projects(session) is session.collect.return_value


@pytest.mark.parametrize(
    "use", [lambda s: submit(s, "t-1", []), lambda s: wait(s, "t-1"), lambda s: get_results(s, "t-1")]
)
def test_a_string_where_a_task_is_meant(use: Callable[[Any], Any]) -> None:
    with pytest.raises(HtcPayloadError, match=r"takes an object such as a task, not str: get the task with api\."):
        use(HtcSession(api_key=KEY))


@pytest.fixture
def session() -> Any:
    service = Service().script(reply(404))
    with (
        httpx.Client(transport=httpx.MockTransport(service)) as client,
        HtcSession(api_key=KEY, http_client=client) as made,
    ):
        yield SimpleNamespace(session=made, service=service)


@pytest.mark.parametrize(
    "project",
    [
        HTCProject.from_dict({"projectId": "p-1"}),
        TASK,
        htcprojects.HtcProject({"projectId": "p-1"}),
        {"projectId": "p-1", "projectName": "x" * 700},
        "p-1",
    ],
)
def test_an_object_where_its_identifier_is_meant(session: Any, project: Any) -> None:
    with pytest.raises(HtcNotFoundError):
        api.get_htc_projects(session.session, project)
    assert session.service.calls[0].url.path == "/api/v1/htc/projects/p-1"


def test_a_uuid(session: Any) -> None:
    with pytest.raises(HtcNotFoundError):
        api.get_htc_projects(session=session.session, project_id=ID)
    assert session.service.calls[0].url.path.endswith(str(ID))


@pytest.mark.parametrize("thing", [object(), {"name": "x"}, HTCProject.from_dict({}), ["p-1"], None, b"p-1"])
def test_what_has_no_identifier_is_told(session: Any, thing: Any) -> None:
    with pytest.raises(HtcPayloadError, match="task_id must be an identifier, or an object that has one, not"):
        api.get_htc_projects_tasks_summary_statistics(session.session, "p-1", thing)
    assert session.service.requests == []


@pytest.mark.parametrize(
    "function", [api.get_htc_projects_storage_presigned_url, api.get_htc_projects_tasks_storage_presigned_url]
)
def test_a_missing_argument_is_named_by_an_exception_of_the_family(session: Any, function: Any) -> None:
    arguments = ["p-1", "t-1"][: 1 + ("tasks" in function.__name__)]
    with pytest.raises(HtcException, match="needs the argument file_path"):
        function(session.session, *arguments)


def test_a_registry_token_of_any_type_but_a_page(session: Any) -> None:
    for kind in ("text/html; charset=utf-8", "application/octet-stream", "application/json"):
        session.service.script(httpx.Response(200, content=b"the-token", headers={"content-type": kind}))
        assert api.get_htc_projects_container_registry_token(session.session, "p-1") == "the-token"
    session.service.script(httpx.Response(200, content=b"<!DOCTYPE html><title>Sign in</title>"))
    with pytest.raises(HtcException, match="HTML"):
        api.get_htc_projects_container_registry_token(session.session, "p-1")


@pytest.mark.parametrize("keyword", ["session", "rescale"])
def test_both_keywords(session: Any, keyword: str) -> None:
    session.service.script(reply(json={"items": []}))
    assert api.get_htc_projects(**{keyword: session.session}) == []
    assert list(api.iter_htc_projects(**{keyword: session.session})) == []
    with pytest.raises(TypeError):
        api.get_htc_projects(session.session, session=session.session)


@pytest.mark.parametrize("count", ["3", 3.0, True])
def test_a_number_of_jobs_that_is_none(count: Any) -> None:
    with pytest.raises(HtcPayloadError, match="count must be a whole number, not "):
        JobDefinition(image_name="solver:1", count=count)
