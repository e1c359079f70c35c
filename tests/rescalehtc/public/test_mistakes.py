"""A common mistake raises an exception that says in one sentence what to do."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock
from uuid import UUID

import httpx
import pytest

from rescalehtc import (
    AsyncHtcSession,
    BearerToken,
    HtcSession,
    JobDefinition,
    JobExecutor,
    aio,
    api,
    cancellation,
    completion,
    concurrency,
    container_registry,
    filesystem,
    get_results,
    htcjobs,
    htcprojects,
    htctasks,
    job_logs,
    logs,
    metrics,
    preflight,
    report,
    resubmission,
    results,
    storage,
    submission,
    submit,
    wait,
    waiting,
)
from rescalehtc.exceptions import HtcException, HtcNotFoundError, HtcPayloadError
from rescalehtc.models import HTCProject, HTCTask
from tests.support.scripted import KEY, Service, reply

TASK = HTCTask.from_dict({"taskId": "t-1", "projectId": "p-1"})
ID = UUID(int=5)
JOB = JobDefinition(image_name="solver:1")


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
def test_a_string_instead_of_a_task(use: Callable[[Any], Any]) -> None:
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
def test_an_object_instead_of_its_identifier(session: Any, project: Any) -> None:
    with pytest.raises(HtcNotFoundError):
        api.get_htc_projects(session.session, project)
    assert session.service.calls[0].url.path == "/api/v1/htc/projects/p-1"


def test_a_uuid(session: Any) -> None:
    with pytest.raises(HtcNotFoundError):
        api.get_htc_projects(session=session.session, project_id=ID)
    assert session.service.calls[0].url.path.endswith(str(ID))


@pytest.mark.parametrize("thing", [object(), {"name": "x"}, HTCProject.from_dict({}), ["p-1"], None, b"p-1"])
def test_objects_without_an_identifier_are_refused(session: Any, thing: Any) -> None:
    with pytest.raises(HtcPayloadError, match="task_id must be an identifier, or an object that has one, not"):
        api.get_htc_projects_tasks_summary_statistics(session.session, "p-1", thing)
    assert session.service.requests == []


@pytest.mark.parametrize(
    "function", [api.get_htc_projects_storage_presigned_url, api.get_htc_projects_tasks_storage_presigned_url]
)
def test_a_missing_argument_is_named_by_an_htc_exception(session: Any, function: Any) -> None:
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
def test_an_invalid_number_of_jobs(count: Any) -> None:
    with pytest.raises(HtcPayloadError, match="count must be an integer, 1 or more, not "):
        JobDefinition(image_name="solver:1", count=count)


PUBLIC = [
    api, cancellation, completion, container_registry, filesystem, htcjobs, htcprojects, htctasks, job_logs, logs,
    metrics, preflight, report, resubmission, results, storage, submission, waiting,
]  # fmt: skip
ASYNC = [aio, *(import_module(f"rescalehtc.aio.{name}") for name in aio._MODULES)]


def functions(modules: list[Any]) -> dict[str, Callable[..., Any]]:
    """Every public function whose first argument is a session."""
    found: dict[str, Callable[..., Any]] = {}
    for module in modules:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters), "")
            if first in ("session", "rescale") and name in module.__all__:
                found[f"{module.__name__}.{name}"] = function
    return found


def use(function: Callable[..., Any], session: Any) -> None:
    parameters = list(inspect.signature(function).parameters.values())[1:]
    needed = [each for each in parameters if each.default is each.empty and each.kind is not each.VAR_KEYWORD]
    result = function(session, *(MagicMock(name="argument") for each in needed if each.kind is not each.KEYWORD_ONLY))

    async def wait_for_it() -> None:
        await (anext(result) if inspect.isasyncgen(result) else result)

    if inspect.iscoroutine(result) or inspect.isasyncgen(result):
        asyncio.run(wait_for_it())
    elif inspect.isgenerator(result):
        next(result)


@pytest.mark.slow
@pytest.mark.parametrize("wrong", [AsyncHtcSession(api_key=KEY), None, KEY, HtcSession, api], ids=type)
def test_every_function_refuses_other_objects_than_sessions(wrong: Any) -> None:
    known = functions(PUBLIC)
    assert len(known) > 80
    for name, function in known.items():
        if name.rpartition(".")[2] in ("get_htc_metrics", "post_oauth_token"):
            continue  # they raise in any case
        # Those of 1.1.0 look at the project or task first.
        with pytest.raises(HtcException, match=r"takes an? (Htc)?[sS]ession|must be a Htc") as caught:
            use(function, wrong)
        assert KEY not in str(caught.value), name


@pytest.mark.slow
@pytest.mark.parametrize("wrong", [HtcSession(api_key=KEY), None, AsyncHtcSession], ids=type)
def test_every_async_function_refuses_other_objects_than_sessions(wrong: Any) -> None:
    for name, function in functions(ASYNC).items():
        if name.rpartition(".")[2] not in ("get_htc_metrics", "post_oauth_token"):
            with pytest.raises(HtcPayloadError, match=r"takes an? (AsyncHtcS|s)ession"):
                use(function, wrong)


@pytest.mark.parametrize("target", ["t-1", 5, None, {"taskId": "t"}, object(), HtcSession, HTCTask.from_dict({})])
def test_every_function_refuses_other_objects_than_tasks(target: Any) -> None:
    session: Any = HtcSession(api_key=KEY)
    for function in (
        lambda: wait(session, target),
        lambda: submit(session, target, []),
        lambda: get_results(session, target),
        lambda: cancellation.cancel(session, target),
        lambda: report.report(session, target),
        lambda: job_logs.get_logs(session, target, []),
        lambda: storage.upload_file(session, target, "a"),
        lambda: storage.download_folder(session, target, "a", "b"),
        lambda: storage.options(session, target),
        lambda: filesystem.filesystem(session, target),
        lambda: preflight.preflight(session, target, []),
        lambda: JobExecutor(session, target),
    ):
        with pytest.raises(HtcPayloadError, match="takes an object such as a "):
            function()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"deadline_seconds": "30"}, "deadline_seconds must be a number of seconds, 0 or more, not '30'"),
        ({"deadline_seconds": float("nan")}, "deadline_seconds must be"),
        ({"min_interval_seconds": (1, 2)}, "min_interval_seconds must be a number of seconds, above 0, not"),
        ({"max_interval_seconds": True}, "max_interval_seconds must be"),
        ({"expected": "3"}, "expected must be an integer, 0 or more, not '3'"),
        ({"until": "some"}, "until must be 'all', 'any' or a fraction"),
        ({"until": (1, 2)}, "until must be"),
        ({"on_counts": "print"}, "on_counts must be a function, not str"),
        ({"progress": "yes"}, "progress must be True, False or a display, not str"),
        ({"failure_log_lines": -1}, "failure_log_lines must be an integer, 0 or more, not -1"),
    ],
)
def test_arguments_of_a_wait(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(HtcPayloadError, match=said):
        wait(HtcSession(api_key=KEY), TASK, **arguments)


@pytest.mark.parametrize(
    ("use", "said"),
    [
        (lambda s: submit(s, TASK, "solve"), "jobs must be one JobDefinition or several, not str"),
        (lambda s: submit(s, TASK, 5), "jobs must be one JobDefinition or several, not int"),
        (lambda s: submit(s, TASK, []), "There is no job to submit"),
        (lambda s: submit(s, TASK, JOB, jobs_per_batch="3"), "jobs_per_batch must be .*, between 1 and 1000, not '3'"),
        (lambda s: submit(s, TASK, JOB, journal=5), "journal must be the path of a file, not int"),
        (lambda s: submit(s, TASK, JOB, resume="study.json"), "resume must be a submission"),
        (lambda s: submit(s, TASK, JOB, image_deadline_seconds="9"), "image_deadline_seconds must be a number"),
        (lambda s: resubmission.resubmit(s, TASK), "takes a submission, .* or the path of its journal, not HTCTask"),
        (lambda s: list(completion.iter_completed(s, 5)), "takes a submission, .*, not int"),
        (lambda s: get_results(s, TASK, attempts="x"), "attempts must be 'newest' or 'all', not 'x'"),
        (lambda s: cancellation.cancel(s, TASK, deadline_seconds="9"), "deadline_seconds must be a number of seconds"),
        (lambda s: api.get_htc_projects(s, max_items="3"), "max_items must be an integer, not str"),
        (lambda s: api.get_htc_projects(s, page_size=1.5), "page_size must be an integer, not float"),
        (lambda s: api.get_htc_projects(s, max_items=-1), "max_items must be an integer, 0 or more, not -1"),
        (lambda s: logs.read(s, "p", "t", "j", last_n_lines="9"), "last_n_lines must be an integer"),
        (lambda s: job_logs.get_logs(s, TASK, 5), "jobs must be a list of jobs, not int"),
        (lambda s: job_logs.get_logs(s, TASK, [5]), "jobs must be IDs, results or models of jobs, not int"),
        (lambda s: list(concurrency.for_each([1], print, limit="3")), "limit must be an integer, 1 or more"),
        (lambda s: storage.upload_folder(s, TASK, "a", concurrency=0), "concurrency must be an integer, 1 or more"),
        (lambda s: storage.upload_file(s, TASK, None), "local_path must be the path of a file, not NoneType"),
        (lambda s: storage.download_file(s, TASK, "../a"), "does not name a file below the folder"),
        (lambda s: s.get_bearer_token and BearerToken({}, {}, "a").verify(KEY), "takes an HtcSession"),
    ],
)
def test_other_arguments(use: Callable[[Any], Any], said: str) -> None:
    with pytest.raises(HtcPayloadError, match=said):
        use(HtcSession(api_key=KEY))


def test_an_identifier_that_is_none(session: Any) -> None:
    session.service.script(reply(json={"items": []}))
    with pytest.raises(HtcPayloadError, match="The identifier is None"):
        htcprojects.get_project_with_id(session.session, None)  # type: ignore[arg-type]
