"""What programs of 1.1.0 do and 2.0 once refused: odd URLs, test doubles, times without a zone, sessions left open."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import Mock, call

import pytest

from rescalehtc import HtcSession, api, htcjobs, htcprojects, htctasks, wait
from rescalehtc.exceptions import HtcDecodeError, HtcPagingError, HtcPayloadError
from tests.support.raw_server import Server, answer
from tests.support.scripted import KEY, Driver, Service, reply

BASE = "https://htc.rescale.com/api/v1"
PROJECT = htcprojects.HtcProject({"projectId": "p", "regions": ["AWS_US_EAST_1"]})
TASK = htctasks.HtcTask({"projectId": "p", "taskId": "t"}, PROJECT)
ANY: Any = KEY  # in place of a session
JOB = {"projectId": "p", "taskId": "t", "jobUUID": "j:0"}


@pytest.fixture
def service() -> Service:
    return Service().script(reply(json={}))


@pytest.fixture
def session(service: Service) -> Any:
    return Driver("sync", service).session


@pytest.mark.parametrize(
    ("endpoint", "params", "sent"),
    [
        (f"{BASE}/x?a=1&b=x y", None, "/x?a=1&b=x%20y"),
        (f"{BASE}/a b/ü", None, "/a%20b/%C3%BC"),
        (f"{BASE}/a%20b?c=%2F", {"d": "&"}, "/a%20b?c=%2F&d=%26"),
        (f"{BASE}/x#part", None, "/x"),
        (f"{BASE}/x#part?a=1", {"b": 2}, "/x?b=2"),
        ("/x?", {"a": 1}, "/x?a=1"),
        ("/x", [("a", 1), ("a", 2), ("b", None)], "/x?a=1&a=2"),
        ("/x", "a=1&b=x y", "/x?a=1&b=x%20y"),
        ("/x?a=1", "?b=2", "/x?a=1&b=2"),
    ],
)
def test_any_url_that_requests_took(
    session: HtcSession, service: Service, endpoint: str, params: Any, sent: str
) -> None:
    api.api_get(session, endpoint, params=params)
    assert str(service.calls[0].url) == BASE + sent


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((None,), "must be a URL or a path, not NoneType"),
        (("/x", 5), "params must be a mapping"),
        (("/x", ["a"]), "params must be a mapping"),
        (("https://evil.example/api/v1/x",), r"^api_get\(\) takes a path, or a URL on the session's own host"),
        (("htc/projects",), "takes a path"),
    ],
)
def test_what_cannot_be_sent(session: HtcSession, service: Service, arguments: Any, said: str) -> None:
    with pytest.raises(HtcPayloadError, match=said):
        api.api_get(session, *arguments)
    assert service.calls == []


def page(items: Any, following: Any = None) -> Any:
    return reply(json={"items": items, "next": following})


def test_pages_of_any_route(session: HtcSession, service: Service) -> None:
    service.script(page([1, 2], "/api/v1/x?pageIndex=2"), page(None, f"{BASE}/x?pageIndex=3"), page([3], ""))
    found = api.api_get(session, "/x")
    assert (found, type(found)) == ([1, 2, 3], list)
    assert [each.url.query for each in service.calls] == [b"", b"pageIndex=2", b"pageIndex=3"]
    for single in ({"a": 1}, [1, {"items": 1}], 5, None, "x"):
        service.script(reply(content=json.dumps(single).encode()))
        assert api.api_get(session, "/x", max_items=3) == single
    service.script(page([1], "https://evil.example/api/v1/x"))
    with pytest.raises(HtcPagingError, match="the link to the next page points to a host other than"):
        api.api_get(session, "/x")
    service.script(page({"a": 1}))
    with pytest.raises(HtcDecodeError, match="its items are not a list"):
        api.api_get(session, "/x")


@pytest.mark.parametrize("summary", [{}, {"jobStatuses": None}])
def test_no_counts_are_not_the_end_of_a_task(session: HtcSession, service: Service, summary: Any) -> None:
    service.script(reply(json=summary))
    task = htctasks.HtcTask({"projectId": "p", "taskId": "t"}, PROJECT)
    uses: list[Callable[[Any], Any]] = [task.is_still_running, lambda session: wait(session, task)]
    for use in uses:
        with pytest.raises(HtcDecodeError, match="no counts"):
            use(session)


def test_doubles_are_called_as_by_1_1_0(monkeypatch: pytest.MonkeyPatch) -> None:
    job = htcjobs.HtcJob(dict(JOB), TASK)
    names = {"project_id": "p", "task_id": "t", "job_id": "j:0"}
    batch = {"htcJobDefinition": {"imageName": "a"}}
    cases: list[tuple[str, Any, Callable[[], Any], Any]] = [
        ("get_htc_projects_tasks_jobs", {"status": "RUNNING"}, lambda: job.get_update(ANY), call(ANY, **names)),
        (
            "get_htc_projects_tasks_jobs_logs",
            [],
            lambda: htcjobs.HtcJob(dict(JOB), TASK).get_logs(ANY, 3),
            call(ANY, **names, max_items=3),
        ),
        ("get_htc_projects", {}, lambda: htcprojects.get_project_with_id(ANY, "p"), call(ANY, project_id="p")),
        (
            "post_htc_projects_tasks",
            {},
            lambda: htctasks.create_task_with_name(ANY, PROJECT, "a"),
            call(ANY, "p", payload={"taskName": "a", "taskDescription": ""}),
        ),
        (
            "post_htc_projects_tasks_jobs_batch",
            [{}],
            lambda: htcjobs.create_job_batch_raw(ANY, TASK, [batch]),
            call(ANY, "p", "t", payload=[batch]),
        ),
    ]
    monkeypatch.setattr(api, "get_htc_projects_container_registry_images", Mock(return_value={"status": "READY"}))
    for name, value, use, expected in cases:
        double = Mock(return_value=value)
        monkeypatch.setattr(api, name, double)
        use()
        assert double.call_args == expected


def test_times_without_a_zone_are_local(session: HtcSession, service: Service) -> None:
    service.script(reply(json={**JOB, "jobStatuses": {}}))
    job = htcjobs.HtcJob(dict(JOB), TASK)
    for number, moment in enumerate((datetime.min, datetime.now() - timedelta(hours=1), datetime.now())):
        job.status_updated_at = TASK.task_summary_updated_at = moment
        job.get_update(session)
        TASK.get_task_summary(session)
        assert len(service.calls) == min(2 * number + 2, 4)


@pytest.mark.parametrize("payload", [[{}], None, ["x"], {"batchSize": 1}, [{"htcJobDefinition": {}}]])
def test_a_payload_without_an_image(session: HtcSession, service: Service, payload: Any) -> None:
    with pytest.raises(HtcPayloadError, match="payload must be a list of batches, each with its imageName"):
        htcjobs.create_job_batch_raw(session, TASK, payload)
    assert service.requests == []


def test_no_image_and_no_tags(session: HtcSession, service: Service) -> None:
    none: Any = None
    service.script(reply(json={"images": ["a:1"]}))
    with pytest.raises(HtcPayloadError, match="identifier is None"):
        htcjobs.create_job_batch(session, TASK, 1, "ON_DEMAND_ECONOMY", none, 60)
    service.script(reply(json={"status": "READY"}), reply(json=[{}]))
    htcjobs.create_job_batch(session, TASK, 1, "ON_DEMAND_ECONOMY", "a:1", 60, job_tags=none, batch_tags=none)
    assert b'"tags":[]' in service.calls[-1].content
    assert b'"tags":{}' in service.calls[-1].content


def test_a_session_that_is_never_closed_warns_of_nothing() -> None:
    """A forgotten socket would be a ResourceWarning, which is an error here."""
    with Server().running() as server:
        server.handler = lambda head, body: answer(b"[]")
        session = HtcSession(api_key=KEY, base_url=server.url)
        session.RESCALE_HTC_BEARER_TOKEN = "token"
        assert api.get_htc_regions(session) == []
        del session
        gc.collect()
