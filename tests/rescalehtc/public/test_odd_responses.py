"""Whatever odd a service, a user or the environment does, the result is a value or an ``HtcException``."""

from __future__ import annotations

import asyncio
import json
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from rescalehtc import (
    AsyncHtcSession,
    HtcSession,
    JobDefinition,
    api,
    htcjobs,
    htcprojects,
    htctasks,
    results,
    submit,
    wait,
)
from rescalehtc import exceptions as e
from rescalehtc._records.report import ReportBuilder
from rescalehtc._storage import presigned
from rescalehtc._storage.locations import StorageLocation
from rescalehtc._storage.options import StorageOptions
from rescalehtc._storage.providers import use_storage
from rescalehtc_generated.models import HTCJob, PresignedPutUrlResponse, StorageAccessToken
from tests.support.routes import call
from tests.support.scripted import KEY, Make, Service, reply

ODD = [None, 0, 1, -1.5, 1e300, True, "", "text", "\ud800", [], ["a"], [None], {}, {"a": 1}, [[[]]], float("nan")]
OPTIONS: dict[str, Any] = {"image_deadline_seconds": None, "preflight": False}
JOB = JobDefinition(image_name="solver:v1", commands=["true"], max_vcpus=1, max_memory_mib=64)


class Target:
    """A task."""

    project_id, task_id = "p1", "t1"


def raw(value: Any) -> httpx.Response:
    return httpx.Response(200, content=json.dumps(value).encode())


def in_family(action: Callable[[], Any]) -> Any:
    """The value, or the exception if it is one that programs expect of this package."""
    try:
        return action()
    except e.HtcException as error:
        pickle.dumps(error)
        return error


@pytest.mark.parametrize("value", ODD, ids=ascii)
class TestPages:
    def test_odd_items(self, value: Any, make: Make, service: Service) -> None:
        service.script(raw({"items": value, "next": None}))
        driver = make()
        outcome = in_family(lambda: driver.collect(listing()))
        if value in (None, []):
            assert outcome == []
        else:
            # Its letters, or its keys, are no items; nor is what is no object a job.
            assert isinstance(outcome, e.HtcDecodeError)
            assert "of the page is" in str(outcome)

    def test_odd_next(self, value: Any, make: Make, service: Service) -> None:
        service.script(raw({"items": [{"jobUUID": "a:0"}], "next": value}))
        driver = make()
        outcome = in_family(lambda: driver.collect(listing()))
        if value in (None, ""):
            assert len(outcome) == 1
        else:
            assert isinstance(outcome, e.HtcDecodeError | e.HtcPagingError)

    def test_odd_bodies(self, value: Any, make: Make, service: Service) -> None:
        service.script(raw(value))
        driver = make()
        outcome = in_family(lambda: driver.collect(listing()))
        assert outcome == [] if isinstance(value, dict) else isinstance(outcome, e.HtcDecodeError)


def listing() -> Any:
    from rescalehtc_generated.api.job import list_jobs

    return list_jobs.call("p1", "t1")


FIELDS = (
    "jobUUID", "status", "tags", "envs", "container", "exitCode", "failureCode", "statusReason", "group", "region",
    "createdAt", "startedAt", "completedAt", "jobExecutionEnvironment", "imageName", "maxVCpus", "maxMemory",
)  # fmt: skip


@pytest.mark.parametrize("name", FIELDS)
def test_a_job_with_an_odd_field_loses_no_listing(name: str) -> None:
    whole: dict[str, Any] = {"jobUUID": "a:1", "status": "SUCCEEDED", "container": {"exitCode": 0}}
    whole.update(startedAt="2026-01-15T00:00:00Z", completedAt="2026-01-15T01:00:00Z", maxVCpus=1, maxMemory=1024)
    odd_pairs = [[{first: None, "value": None}] for first in ("name", "key")]
    odd_pairs += [[{"name": "RESCALEHTC_INDEX_OFFSET", "value": value}] for value in (None, "9" * 5000, "²", 3)]
    odd_objects = [{"exitCode": "x"}, {"exitCode": 1e999}, {"exitCode": [1]}, {"instanceType": ["x"]}]
    for value in [*ODD, *odd_pairs, *odd_objects, 10**400]:
        odd = {**whole, name: value}
        jobs = [HTCJob.from_dict(json.loads(json.dumps(each))) for each in (whole, odd, whole)]
        found = [results.JobResult.of(job) for job in jobs]
        assert [result.job_id for result in (found[0], found[2])] == ["a:1", "a:1"]
        found[1].to_record()
        str(results.JobFailure(found[1], []))
        results.JobResults(found)._repr_html_()
        builder = ReportBuilder()
        for job in jobs:
            builder.add(job)
        builder.build()._repr_html_()


class Odd:
    """A session whose service sends odd values."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.posts = 0

    def send(self, call: Any) -> Any:
        operation = call.route.operation_id
        self.posts += operation == "submitJobs"
        return call.route.decode(json.dumps(self.answers[operation]).encode())

    def collect(self, call: Any, max_items: int | None = None) -> list[Any]:
        return list(self.stream(call))

    def stream(self, call: Any, max_items: int | None = None) -> Any:
        return iter(call.route.decode(json.dumps(self.answers[call.route.operation_id]).encode()).items or ())


class TestStudies:
    @pytest.mark.parametrize("name", ["jobUUID", "status", "tags", "envs"])
    @pytest.mark.parametrize("value", ODD, ids=ascii)
    def test_results(self, name: str, value: Any) -> None:
        good = {"jobUUID": "a:0", "status": "SUCCEEDED"}
        session: Any = Odd(listJobs={"items": [good, {"status": "SUCCEEDED", "jobUUID": "a:1", name: value}, good]})
        found = results.get_results(session, Target())
        assert [result.job_id for result in found].count("a:0") == 2

    @pytest.mark.parametrize(
        "counts", [None, {}, [], "x", 3, {"SUCCEEDED": None}, {"SUCCEEDED": "1"}, {"SUCCEEDED": 1.0, "FAILED": None},
                   {"SUCCEEDED": [1]}, {"SUCCEEDED": True}], ids=ascii)  # fmt: skip
    def test_counts(self, counts: Any) -> None:
        session: Any = Odd(getTaskSummaryStatistics={"jobStatuses": counts})
        outcome = in_family(lambda: wait(session, Target(), progress=False))
        assert isinstance(outcome, e.HtcException) or outcome.total >= 0

    @pytest.mark.parametrize(
        "answer", [[], [{}], [{"parentJobId": None}], [{"parentJobId": 7}], [{"parentJobId": [1]}],
                   [{"parentJobId": {}}], [None], ["x"], [{"parentJobId": "a"}] * 2], ids=ascii)  # fmt: skip
    def test_receipts(self, answer: Any, tmp_path: Path) -> None:
        session: Any = Odd(listGroupSummaryStatistics={"items": []}, submitJobs=answer, listJobs={"items": []})
        for _ in range(2):
            with pytest.raises(e.HtcSubmissionError) as caught:
                submit(session, Target(), JOB, journal=tmp_path / "journal", **OPTIONS)
            assert [part.state for part in caught.value.submission.parts] == ["unknown"]
        assert session.posts == 1

    @pytest.mark.slow
    @pytest.mark.parametrize("name", ["tags", "jobUUID"])
    @pytest.mark.parametrize(
        "value", [*ODD, [{"key": "rescalehtc-part", "value": None}], [{"key": "rescalehtc-part", "value": [1]}],
                  [{"key": ["rescalehtc-part"]}]], ids=ascii)  # fmt: skip
    def test_resuming(self, name: str, value: Any, tmp_path: Path) -> None:
        session: Any = Odd(listGroupSummaryStatistics={"items": []}, submitJobs=[], listJobs={"items": []})
        for items in ([], [{"jobUUID": "x:1", "status": "RUNNING", name: value}]):
            session.answers["listJobs"] = {"items": items}
            with pytest.raises(e.HtcSubmissionError):
                submit(session, Target(), JOB, journal=tmp_path / "journal", **OPTIONS)
        assert session.posts == 1


@pytest.mark.parametrize(
    "url", [*ODD, "https://stör.example/a", "https://a..b/c", "https:///x", "//x", "https://h:99999/"]
)
def test_presigned_urls(url: Any) -> None:
    answer = PresignedPutUrlResponse.from_dict(json.loads(json.dumps({"url": url})))
    assert isinstance(in_family(lambda: presigned.url_of(answer, "https://htc.example")), e.HtcStorageError)


@pytest.mark.parametrize(
    "lifetime",
    ["1e12", "1e300", "9" * 400, "-1e300", "-" + "9" * 400, "NaN", "Infinity", '"x"', "null", "[]", "{}", "true"],
)
def test_lifetimes_of_tokens(lifetime: str, make: Make, service: Service) -> None:
    body = f'{{"tokenValue": "token-1234567890", "expiresIn": {lifetime}}}'.encode()
    service.script(reply(json=7))
    service.token_answers = [httpx.Response(200, content=body)] * 9
    assert make().send(call()) == 7


@pytest.mark.parametrize("token", ["null", "7", "[]", '"a b"', '""', '"\\ud800"', '"t\\u00f6ken"', '"a\\nb"'])
def test_values_of_tokens(token: str, make: Make, service: Service) -> None:
    service.token_answers = [httpx.Response(200, content=f'{{"tokenValue": {token}}}'.encode())]
    assert isinstance(in_family(lambda: make().send(call())), e.HtcDecodeError)


@pytest.mark.parametrize("name", ["credentials", "region", "projectSharedStoragePath", "storageName", "provider"])
@pytest.mark.parametrize(
    "value", [None, 7, "\ud800", ["a"], {"AWS_ACCESS_KEY_ID": 7, "AWS_SECRET_ACCESS_KEY": [1]}], ids=ascii
)
@pytest.mark.slow
def test_places_of_storage(name: str, value: Any) -> None:
    usual = {
        "provider": "AWS",
        "region": "AWS_US_EAST_2",
        "storageName": "bucket",
        "projectSharedStoragePath": "s3://bucket/projects/p1/",
        "credentials": {"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret"},
    }
    token = StorageAccessToken.from_dict(json.loads(json.dumps({**usual, name: value})))

    def use() -> Any:
        location = StorageLocation.of(token, None)
        StorageOptions.of(location)
        # Nothing is transferred, so that no network is needed.
        return use_storage(location, lambda storage: None)

    outcome = in_family(use)
    assert outcome is None or isinstance(outcome, e.HtcStorageError)


@pytest.mark.parametrize("value", ODD, ids=ascii)
class TestModulesOfVersion1:
    def test_identifiers(self, value: Any) -> None:
        project = htcprojects.HtcProject({"projectId": value})
        task = htctasks.HtcTask({"projectId": value, "taskId": value}, project)
        batch = htcjobs.HtcJobBatch({"projectId": value, "taskId": value, "parentJobId": value}, task)
        for found in (project, task, batch, htcjobs.HtcJob({"jobUUID": value}, task), htcjobs.HtcJob({}, task)):
            for name in ("project_id", "task_id", "job_id", "parent_job_ids", "job_count"):
                in_family(lambda found=found, name=name: getattr(found, name, None))

    def test_sizes_of_batches(self, value: Any) -> None:
        identifiers = {"projectId": "p", "taskId": "t", "parentJobId": "a"}
        batch = htcjobs.HtcJobBatch({**identifiers, "batchSize": value}, Odd())  # type: ignore[arg-type]
        for function in (batch.to_jobs, lambda: batch.job_count):
            in_family(function)

    def test_tables(self, value: Any) -> None:
        names = ("jobUUID", "status", "container", "failureCode", "startedAt")
        jobs = [htcjobs.HtcJob({name: value}, Odd()) for name in names]  # type: ignore[arg-type]
        assert "<table" in htcjobs.HtcJobList(jobs)._repr_html_()

    def test_counts(self, value: Any) -> None:
        task = htctasks.HtcTask({"projectId": "p", "taskId": "t"}, htcprojects.HtcProject({}))
        for counts in (value, {"RUNNING": value}):
            session: Any = Odd(getTaskSummaryStatistics={"jobStatuses": counts})
            outcome = in_family(lambda session=session: task.is_still_running(session))
            assert isinstance(outcome, bool | e.HtcException)


class TestEnvironment:
    @pytest.mark.slow
    def test_a_socks_proxy_without_its_library(self, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ALL_PROXY", "socks5://user:hunter22@127.0.0.1:9")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.setitem(sys.modules, "socksio", None)
        error = in_family(lambda: send(kind, "https://htc.example", call("POST", body=b"{}")))
        assert isinstance(error, e.HtcMissingExtraError)
        assert "httpx[socks]" in str(error)

    @pytest.mark.slow
    @pytest.mark.parametrize("url", ["http://user:hunter22@[::1", "http://user:hunter22@host:port", "ftp://hunter22@x",
                                     "http://user:hunter22@a\x01b"])  # fmt: skip
    def test_a_malformed_proxy_hides_its_password(self, url: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HTTPS_PROXY", url)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        error = in_family(lambda: send(kind, "https://htc.example", call()))
        assert isinstance(error, e.HtcConfigurationError)
        chained: BaseException | None = error
        while chained is not None:
            assert "hunter22" not in f"{chained!r} {chained} {vars(chained)}"
            chained = chained.__context__

    def test_no_home_and_no_user_name(self, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def nobody(*_: object) -> None:
            raise RuntimeError("Could not determine home directory.")

        monkeypatch.setattr(Path, "expanduser", nobody)
        opened = HtcSession if kind == "sync" else AsyncHtcSession
        assert opened(api_key=KEY).workspace == "default"
        with pytest.raises(e.HtcConfigurationError, match="config_folder_override"):
            opened()

    @pytest.mark.parametrize(
        "host", ["a..b", "-a.b", "a-.b", "x" * 70, ".a", "a.-b", "a." * 130 + "b", "%41", "ä.b", "a_..b"]
    )
    def test_hosts_that_cannot_be(self, host: str, kind: str) -> None:
        error = in_family(lambda: send(kind, f"https://{host}/x", call()))
        assert isinstance(error, e.HtcConfigurationError | e.HtcConnectionError)
        assert not error.maybe_received


def send(kind: str, base_url: str, each: Any, **options: Any) -> Any:
    options = {"api_key": KEY, "base_url": base_url, "max_retries": 0, "connect_timeout": 0.2, **options}
    if kind == "sync":
        with HtcSession(**options) as session:
            return session.send(each)

    async def run() -> Any:
        async with AsyncHtcSession(**options) as session:
            return await session.send(each)

    return asyncio.run(run())


class TestArguments:
    @pytest.mark.parametrize("text", ["\ud800", "a\udfffb"])
    def test_lone_surrogates(self, text: str, make: Make, service: Service) -> None:
        service.script(reply(json={"items": []}))
        session = make().session
        for function in (
            lambda: api.get_htc_projects(session, text),
            lambda: api.get_htc_projects_tasks_jobs(session, "p", "t", group=text),
        ):
            assert isinstance(in_family(function), e.HtcPayloadError)

    def test_payloads_that_contain_themselves(self, make: Make, service: Service) -> None:
        around: dict[str, Any] = {}
        around["self"] = [around]
        assert isinstance(in_family(lambda: api.post_htc_projects(make().session, around)), e.HtcPayloadError)

    @pytest.mark.parametrize("value", [{1}, object, float("nan"), b"x", 1j], ids=["set", "type", "nan", "bytes", "1j"])
    def test_payloads_that_are_not_json(self, value: Any) -> None:
        with HtcSession(api_key=KEY) as session:
            outcome = in_family(lambda: api.post_htc_projects(session, {"a": value}))
        assert isinstance(outcome, e.HtcPayloadError)

    def test_fields_nested_deeply(self) -> None:
        deep: Any = 1
        for _ in range(600):
            deep = {"a": deep}
        job = HTCJob.from_dict({"jobUUID": "a:0", "status": "RUNNING", "more": deep})
        assert job.to_dict()["more"] is not None
        again = in_family(lambda: pickle.loads(pickle.dumps(job)))
        assert isinstance(again, HTCJob)


class TestMissing:
    """A gateway's page, or a wrong base URL, does not say that a project is missing."""

    @pytest.mark.parametrize(
        "answer",
        [
            httpx.Response(404, html="<html><title>404 Not Found</title></html>"),
            httpx.Response(404, text="404 page not found"),
            httpx.Response(404),
        ],
    )
    def test_a_page_of_a_gateway(self, answer: httpx.Response, service: Service) -> None:
        service.script(answer)
        session = HtcSession(api_key=KEY, http_client=httpx.Client(transport=httpx.MockTransport(service)))
        with pytest.raises(e.HtcNotFoundError):
            htcprojects.get_project_with_id(session, "p1")

    def test_the_404_of_the_service(self, service: Service) -> None:
        body = {"httpStatus": 404, "errorType": "NOT_FOUND", "errorDescription": "no project p1"}
        service.script(httpx.Response(404, json=body))
        session = HtcSession(api_key=KEY, http_client=httpx.Client(transport=httpx.MockTransport(service)))
        assert htcprojects.get_project_with_id(session, "p1") is None
