"""What a session reports: attempts, log lines, spans, raw responses, causes."""

from __future__ import annotations

import asyncio
import contextvars
import json
import logging
import pickle
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from rescalehtc import HtcSession, aio, api
from rescalehtc import exceptions as e
from rescalehtc.observers import Attempt, opentelemetry_observer
from tests.support.routes import call
from tests.support.scripted import KEY, Driver, Make, Service, reply


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    logger = logging.getLogger("rescalehtc")
    before = list(logger.handlers), logger.level
    yield logger
    logger.handlers, level = before
    logger.setLevel(level)


class TestAttempts:
    def test_each_of_them_with_its_outcome(self, make: Make, service: Service, pauses: list[float]) -> None:
        seen: list[Attempt] = []
        service.script(
            reply(503, headers={"x-request-id": "r-1"}), httpx.ReadTimeout("slow"), reply(401), reply(json=1)
        )
        assert make(observer=seen.append).send(call(target="/htc/things/t1?secret=hush")) == 1
        assert [(a.method, a.path, a.number, a.status, a.failure, a.error_type) for a in seen] == [
            ("GET", "/auth/token", 1, 200, None, None),
            ("GET", "/htc/things/t1", 1, 503, None, "503"),
            ("GET", "/htc/things/t1", 2, None, "time ran out while waiting for the response", "HtcTimeoutError"),
            ("GET", "/htc/things/t1", 3, 401, None, "401"),
            ("GET", "/auth/token", 1, 200, None, None),
            ("GET", "/htc/things/t1", 3, 200, None, None),
        ]
        first = seen[1]
        assert (first.operation, first.route, first.base_url) == (
            "thing",
            "/htc/things/{thingId}",
            "https://htc.rescale.com/api/v1",
        )
        assert first.request_id == "r-1"
        assert [a.next_delay for a in seen if a.operation == "thing"] == [*pauses, 0.0, None]
        assert all(a.seconds >= 0 for a in seen)
        assert not any(secret in repr(seen) + str(seen) for secret in ("hush", KEY, Service.token(1)))

    def test_the_last_attempt_of_a_call_that_fails(self, make: Make, service: Service) -> None:
        seen: list[Attempt] = []
        service.script(reply(404))
        with pytest.raises(e.HtcNotFoundError):
            make(observer=seen.append).send(call())
        assert (seen[-1].status, seen[-1].next_delay) == (404, None)

    def test_an_interrupt(self, service: Service) -> None:
        seen: list[Attempt] = []

        def interrupt(_: httpx.Request) -> httpx.Response:
            raise KeyboardInterrupt

        service.script(interrupt)
        driver = Driver("sync", service, observer=seen.append)
        with pytest.raises(KeyboardInterrupt):
            driver.send(call())
        assert (seen[-1].failure, seen[-1].error_type) == ("interrupted", "KeyboardInterrupt")
        driver.close()

    def test_of_a_view_only(self, make: Make, service: Service) -> None:
        seen: list[Attempt] = []
        service.script(reply())
        driver = make()
        driver.send(call())
        driver._finish(driver.session.with_options(observer=seen.append).send(call()))
        assert len(seen) == 1

    def test_an_observer_that_raises_does_not_fail_the_call(
        self, make: Make, service: Service, caplog: pytest.LogCaptureFixture
    ) -> None:
        def observe(attempt: Attempt) -> None:
            raise RuntimeError("broken observer")

        service.script(reply(json=1))
        assert make(observer=observe).send(call("POST")) == 1
        assert "broken observer" in caplog.text

    def test_an_async_observer(self, service: Service) -> None:
        seen: list[Attempt] = []

        async def observe(attempt: Attempt) -> None:
            await asyncio.sleep(0)
            seen.append(attempt)

        service.script(reply())
        driver = Driver("async", service, observer=observe)
        driver.send(call())
        driver.close()
        assert [attempt.status for attempt in seen] == [200, 200]
        for observer in (observe, type("Observer", (), {"__call__": observe})()):
            with pytest.raises(e.HtcConfigurationError, match=r"observer is an async function, .* AsyncHtcSession"):
                HtcSession(api_key=KEY, observer=observer)

    def test_one_that_turns_out_to_be_async(self, service: Service, caplog: pytest.LogCaptureFixture) -> None:
        async def observe(attempt: Attempt) -> None: ...

        service.script(reply(json=1))
        driver = Driver("sync", service, observer=lambda attempt: observe(attempt))
        assert driver.send(call()) == 1
        assert "only an AsyncHtcSession can await" in caplog.text
        driver.close()

    @pytest.mark.parametrize("kept", [False, True], ids=["key", "file"])
    def test_it_may_make_calls(self, kind: str, service: Service, kept: bool, tmp_path: Path) -> None:
        """Even while a token is fetched, which its own call needs too."""
        (tmp_path / "default").mkdir()
        (tmp_path / "default" / "rescale_api_token.txt").write_text(KEY)
        credentials = {"api_key": None, "config_folder_override": tmp_path} if kept else {}
        seen: list[str] = []

        def observe(attempt: Attempt) -> None:
            seen.append(attempt.operation)
            if len(seen) == 1:
                driver.session.send(call())

        async def observe_async(attempt: Attempt) -> None:
            seen.append(attempt.operation)
            if len(seen) == 1:
                await asyncio.gather(driver.session.send(call()))

        service.script(reply(json=1))
        driver = Driver(kind, service, observer=observe if kind == "sync" else observe_async, **credentials)
        assert driver.send(call()) == 1
        assert seen == ["getAuthToken", "getAuthToken", "thing", "thing"]
        driver.close()


class TestLog:
    def test_a_line_for_each_call_and_for_each_retry(
        self, make: Make, service: Service, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG, "rescalehtc")
        service.script(reply(503), reply(json=1))
        make().send(call())
        lines = [(r.levelname, r.getMessage()) for r in caplog.records if "/htc/" in r.getMessage()]
        (retried, reason), (done, result) = lines
        assert (retried, done) == ("INFO", "DEBUG")
        assert reason.startswith("GET /htc/things/t1: HTTP 503 after ")
        assert "; trying again in " in reason
        assert "HTTP 200" in result
        assert "(attempt 2)" in result

    @pytest.mark.parametrize(("level", "lines"), [("debug", 2), ("INFO", 1), ("warning", 0)])
    def test_the_environment_switches_it_on(
        self,
        level: str,
        lines: int,
        service: Service,
        logger: logging.Logger,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setenv("RESCALE_HTC_LOG", level)
        service.script(reply(503), reply())
        for _ in range(2):  # two sessions do not print each line twice
            driver = Driver("sync", service)
            driver.close()
        driver = Driver("sync", service)
        driver.send(call())
        driver.close()
        assert capsys.readouterr().err.count("/htc/things/t1: HTTP") == lines

    def test_no_line_twice_with_the_log_of_the_application(
        self,
        service: Service,
        logger: logging.Logger,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setenv("RESCALE_HTC_LOG", "debug")
        service.script(reply())
        driver = Driver("sync", service)
        monkeypatch.setattr(logging.root, "handlers", [logging.StreamHandler()])
        driver.send(call())
        driver.close()
        assert capsys.readouterr().err.count("/htc/things/t1: HTTP") == 1

    def test_an_unknown_level(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("RESCALE_HTC_LOG", "loud")
        with pytest.raises(e.HtcConfigurationError, match="RESCALE_HTC_LOG must be one of debug"):
            HtcSession(api_key=KEY)


@pytest.mark.slow
def test_spans_and_durations_by_the_conventions(make: Make, service: Service) -> None:
    metrics = pytest.importorskip("opentelemetry.sdk.metrics")
    from opentelemetry.sdk.metrics.export import InMemoryMetricReader
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
    from opentelemetry.sdk.trace.sampling import ALWAYS_ON, Decision
    from opentelemetry.trace import SpanKind

    exporter, reader = InMemorySpanExporter(), InMemoryMetricReader()
    known: list[Any] = []

    class Sampler(type(ALWAYS_ON)):
        def should_sample(self, *arguments: Any, **keywords: Any) -> Any:
            known.append(keywords.get("attributes") or arguments[4])
            return super().should_sample(*arguments, **keywords)

    tracers = TracerProvider(sampler=Sampler(Decision.RECORD_AND_SAMPLE))
    tracers.add_span_processor(SimpleSpanProcessor(exporter))
    meters = metrics.MeterProvider([reader])
    driver = make()
    service.script(reply(503), reply(json=1))
    driver.send(call())
    service.requests.clear()
    service.script(reply(503), reply(json=1))
    with tracers.get_tracer("application").start_as_current_span("study"):
        view = driver.session.with_options(observer=opentelemetry_observer(tracers, meters))
        sending = view.send(call())
        if driver._runner:
            driver._runner.run(sending, context=contextvars.copy_context())
    first, second, study = exporter.get_finished_spans()
    # Samplers see the URL.
    assert known[1]["url.full"] == "https://htc.rescale.com/api/v1/htc/things/t1"
    assert first.name == "GET /htc/things/{thingId}"
    assert first.kind is SpanKind.CLIENT
    assert first.parent.span_id == study.context.span_id
    assert dict(first.attributes) == {
        "http.request.method": "GET",
        "server.address": "htc.rescale.com",
        "server.port": 443,
        "url.scheme": "https",
        "url.template": "/htc/things/{thingId}",
        "url.full": "https://htc.rescale.com/api/v1/htc/things/t1",
        "http.response.status_code": 503,
        "error.type": "503",
        "rescalehtc.operation": "thing",
    }
    assert not first.status.is_ok
    assert second.attributes["http.request.resend_count"] == 1
    assert study.start_time <= first.start_time <= first.end_time <= second.start_time
    for span, request in zip((first, second), service.requests, strict=True):
        assert request.headers["traceparent"].split("-")[1:3] == [
            f"{study.context.trace_id:032x}",
            f"{span.context.span_id:016x}",
        ]
    measured = reader.get_metrics_data().resource_metrics[0].scope_metrics[0].metrics[0]
    assert (measured.name, measured.unit) == ("http.client.request.duration", "s")
    # The conventions give them; those of the library are made for milliseconds.
    assert measured.data.data_points[0].explicit_bounds[:2] == (0.005, 0.01)
    assert sum(point.count for point in measured.data.data_points) == 2


@pytest.mark.slow
def test_an_opentelemetry_observer_inside_another(make: Make, service: Service) -> None:
    trace = pytest.importorskip("opentelemetry.sdk.trace")
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter, tracers = InMemorySpanExporter(), trace.TracerProvider()
    tracers.add_span_processor(SimpleSpanProcessor(exporter))
    inner: Any = opentelemetry_observer(tracers)
    service.script(reply(json=1))
    make(observer=lambda attempt: inner(attempt)).send(call())
    token, thing = exporter.get_finished_spans()
    assert (token.name, thing.name) == ("GET /auth/token", "GET /htc/things/{thingId}")
    assert thing.start_time <= thing.end_time


def test_opentelemetry_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "opentelemetry", None)
    with pytest.raises(e.HtcMissingExtraError, match=r"rescalehtc\[otel\]"):
        opentelemetry_observer()


class TestRawResponses:
    def test_of_one_call(self, make: Make, service: Service, kind: str) -> None:
        service.script(reply(json={"projectId": "p1"}, headers={"X-Request-Id": "r-7", "X-Thing": "y"}))
        driver = make()
        function: Any = api.get_htc_projects if kind == "sync" else aio.get_htc_projects
        result = driver._finish(driver.session.raw(function, "p1"))
        assert result.value.project_id == "p1"
        assert (result.status, result.request_id, result.headers["x-thing"]) == (200, "r-7", "y")
        (response,) = result.responses
        assert json.loads(response.content) == {"projectId": "p1"}
        assert "p1" not in repr(response)
        assert "y" not in repr(response.headers) or "headers" not in repr(response)

    def test_of_all_pages(self, make: Make, service: Service, kind: str) -> None:
        link = "https://htc.rescale.com/api/v1/htc/projects?pageIndex=2"
        service.script(reply(json={"items": [{}], "next": link}), reply(json={"items": [{}]}))
        driver = make()
        function: Any = api.get_htc_projects if kind == "sync" else aio.get_htc_projects
        result = driver._finish(driver.session.raw(function))
        assert len(result.value) == len(result.responses) == 2

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("projects",), "Pass a function, such as .*, not str"),
            ((api.get_htc_projects, "itself"), "without the session"),
        ],
    )
    def test_of_nothing(self, make: Make, arguments: Any, said: str) -> None:
        driver = make()
        arguments = [driver.session if each == "itself" else each for each in arguments]
        with pytest.raises(e.HtcPayloadError, match=said):
            driver._finish(driver.session.raw(*arguments))

    def test_of_an_async_function(self) -> None:
        with (
            HtcSession(api_key=KEY) as session,
            pytest.raises(e.HtcConfigurationError, match="only an AsyncHtcSession can await"),
        ):
            session.raw(aio.get_htc_projects)

    def test_before_there_is_one(self) -> None:
        with HtcSession(api_key=KEY) as session, pytest.raises(e.HtcPayloadError, match="no response yet"):
            _ = session.raw(api.iter_htc_projects).status

    def test_of_an_iterator(self, make: Make, service: Service, kind: str) -> None:
        link = "https://htc.rescale.com/api/v1/htc/projects?pageIndex=2"
        service.script(reply(json={"items": [{}], "next": link}), reply(json={"items": [{}]}))
        driver = make()
        function: Any = api.iter_htc_projects if kind == "sync" else aio.iter_htc_projects
        result = driver._finish(driver.session.raw(function))

        async def read() -> int:
            return len([item async for item in result.value])

        assert (len(list(result.value)) if kind == "sync" else driver._finish(read())) == 2
        assert len(result.responses) == 2


class TestCauses:
    def test_they_are_chained_without_what_they_hold(self, make: Make, service: Service) -> None:
        def fail(request: httpx.Request) -> httpx.Response:
            hidden = request.headers["authorization"]
            try:
                raise OSError(111, f"refused {hidden}")
            except OSError as error:
                raise httpx.ConnectError(f"refused {hidden}", request=request) from error

        service.script(fail)
        with pytest.raises(e.HtcConnectionError) as caught:
            make(max_retries=0).send(call())
        error = caught.value
        assert isinstance(error.__cause__, httpx.ConnectError)
        assert isinstance(error.__cause__.__cause__, OSError)
        shown = "".join(traceback.format_exception(error)) + repr(error.__cause__.args) + repr(vars(error.__cause__))
        assert Service.token(1) not in shown
        assert "authorization" not in shown
        assert Service.token(1).encode() not in pickle.dumps(error)
        assert error.__cause__.__traceback__ is None

    @pytest.mark.parametrize(
        ("environ", "options", "said"),
        [
            (
                {},
                {},
                r"got no response from https://htc\.rescale\.com/api/v1: .*\(the default, because RESCALE_HTC_API_URL",
            ),
            (
                {"RESCALE_HTC_API_URL": "https://b.example:444/x"},
                {},
                r"from https://b\.example:444/x: .*RESCALE_HTC_API_URL\)",
            ),
            (
                {},
                {"base_url": "https://c.example/api/v1"},
                r"from https://c\.example/api/v1: .*\(the base_url argument\)",
            ),
        ],
    )
    def test_they_name_the_host_and_where_it_comes_from(
        self, make: Make, service: Service, environ: Any, options: Any, said: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        service.script(httpx.ConnectError("refused"))
        with pytest.raises(e.HtcConnectionError, match=said):
            make(max_retries=0, **options).send(call())
