"""What exceptions say, and what they never say."""

from __future__ import annotations

import copy
import inspect
import json
import logging
import pickle
import traceback
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rescalehtc import JobDefinition, api, exceptions
from rescalehtc import exceptions as e
from rescalehtc._records.results import JobFailure, JobResult
from rescalehtc._studies.splitting import new_submission
from rescalehtc._utils.redaction import scrub
from rescalehtc_generated.models import HTCJob
from tests.support.routes import call, keyed
from tests.support.scripted import KEY, Make, Service, reply

JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ5b3UifQ.c2lnbmF0dXJlLXNpZ25hdHVyZQ"

STATUSES = [
    (302, e.HtcRedirectError),
    (304, e.HtcRedirectError),
    (400, e.HtcBadRequestError),
    (401, e.HtcUnauthorizedError),
    (403, e.HtcForbiddenError),
    (404, e.HtcNotFoundError),
    (405, e.HtcBadRequestError),
    (409, e.HtcConflictError),
    (410, e.HtcNotFoundError),
    (412, e.HtcConflictError),
    (418, e.HtcBadRequestError),
    (422, e.HtcBadRequestError),
    (429, e.HtcRateLimitError),
    (500, e.HtcServerError),
    (501, e.HtcServerError),
    (503, e.HtcServerError),
    (520, e.HtcServerError),
]


@pytest.mark.slow
@pytest.mark.parametrize(("status", "expected"), STATUSES)
def test_a_class_per_status(make: Make, service: Service, status: int, expected: type[e.HtcStatusError]) -> None:
    service.script(reply(status, content=b"", headers={"location": "https://elsewhere.example/?token=abc"}))
    with pytest.raises(expected) as caught:
        make(max_retries=0).send(call())
    error = caught.value
    assert type(error) is expected
    assert isinstance(error, e.HtcException)
    assert (error.status_code, error.method, error.path) == (status, "GET", "/htc/things/{thingId}")
    assert (error.request_id, error.error_type, error.error_description, error.retry_after) == (None,) * 4
    assert str(error).startswith(f"GET /htc/things/t1 failed: HTTP {status}")
    assert "elsewhere" not in str(error)


BODIES = [
    ({"errorType": "badName", "errorDescription": "too long", "message": None}, "badName", "too long"),
    ({"errorType": "badName", "errorDescription": "too long", "message": "extra"}, "badName", "too long"),
    ({"error": "notFound", "errorDescription": "no such task"}, "notFound", "no such task"),
    ({"error": "IMAGE_UNAVAILABLE", "message": "image a:1"}, "IMAGE_UNAVAILABLE", "image a:1"),
    ({"error": "invalid_grant", "error_description": "expired"}, "invalid_grant", "expired"),
    ({"message": "Forbidden"}, None, "Forbidden"),
    ({"error": None, "errorDescription": 7}, None, '{"error":null,"errorDescription":7}'),
    (["x"], None, '["x"]'),
    ("just text", None, "just text"),
    (None, None, None),
]


@pytest.mark.parametrize(("body", "kind", "description"), BODIES)
def test_both_shapes_of_bodies_and_others(
    make: Make, service: Service, body: object, kind: str | None, description: str | None
) -> None:
    content = b"" if body is None else json.dumps(body, separators=(",", ":")).encode()
    service.script(reply(400, content=content, headers={"x-request-id": "req-9"}))
    with pytest.raises(e.HtcBadRequestError) as caught:
        make().send(call())
    error = caught.value
    assert (error.error_type, error.error_description, error.request_id) == (kind, description, "req-9")
    assert "req-9" in str(error)
    if description:
        assert description in str(error)


def test_a_missing_image_says_what_to_do(make: Make, service: Service) -> None:
    service.script(reply(400, {"error": "IMAGE_UNAVAILABLE", "message": "a:1"}))
    with pytest.raises(e.HtcBadRequestError, match="Push the image"):
        make().send(call("POST"))


def test_html_of_a_gateway_is_named_as_such(make: Make, service: Service) -> None:
    page = "<html><head><title>502\n Bad Gateway</title></head><body>" + "x" * 5000
    service.script(reply(502, html=page))
    with pytest.raises(e.HtcServerError, match="gateway in front") as caught:
        make(max_retries=0).send(call())
    assert caught.value.error_description == "502 Bad Gateway"
    assert "<" not in str(caught.value)


def test_messages_are_short_and_of_one_line(make: Make, service: Service) -> None:
    driver = make()
    for body in ({"errorDescription": "line\r\n\x1b[31mline " + "y" * 10_000}, "z" * 200_000):
        service.script(reply(400, body))
        with pytest.raises(e.HtcBadRequestError) as caught:
            driver.send(call())
        assert len(str(caught.value)) < 1500
        assert str(caught.value).isprintable()


LEAKS = [
    KEY,
    Service.token(1),
    JWT,
    "https://b.s3.amazonaws.com/k?X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20&X-Amz-Signature=deadbeefcafe",
    "https://a.blob.core.windows.net/c?sv=2020&sig=c2VjcmV0c2Vj%3D&se=2024",
    '{"secretAccessKey": "wJalrXUtnFEMIK7MDENG", "sessionToken": "FwoGZXIvYXdzEXAMPLE"}',
    "Authorization: Token 0f1e2d3c4b5a69788796",
    "https://user:hunter22secret@registry.example/",
    "password=hunter22secret",
]
SECRET_PARTS = [
    KEY,
    Service.token(1),
    JWT,
    JWT.split(".")[1],
    "AKIAIOSFODNN7EXAMPLE",
    "deadbeefcafe",
    "c2VjcmV0c2Vj",
    "wJalrXUtnFEMIK7MDENG",
    "FwoGZXIvYXdzEXAMPLE",
    "0f1e2d3c4b5a69788796",
    "hunter22secret",
]


@pytest.mark.slow
@pytest.mark.parametrize("leak", LEAKS)
def test_no_secret_in_errors_and_logs(
    make: Make, service: Service, leak: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    driver = make(max_retries=1)
    for answer in (
        reply(503, {"errorType": leak, "errorDescription": f"you sent {leak}"}, headers={"x-request-id": leak}),
        reply(503, text=f"oops {leak}"),
        reply(503, {"unknown": {"deep": [leak]}}),
        httpx.ConnectError(f"cannot reach {leak}"),
        httpx.LocalProtocolError(f"Illegal header value b'{leak}'"),
    ):
        service.script(answer)
        with pytest.raises(e.HtcException) as caught:
            driver.send(call(body=json.dumps({"mine": leak}).encode()))
        shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + repr(vars(caught.value))
        for part in SECRET_PARTS:
            assert part not in shown
    logs = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("rescalehtc"))
    for part in SECRET_PARTS:
        assert part not in logs + repr(driver.session) + str(driver.session)


def test_an_api_key_argument_is_not_shown(make: Make, service: Service) -> None:
    service.script(reply(401, {"errorDescription": "bad key abcdefgh12345"}))
    with pytest.raises(e.HtcUnauthorizedError, match="authorization_header") as caught:
        make().send(keyed("Token abcdefgh12345"))
    assert "abcdefgh12345" not in str(caught.value)


@pytest.mark.slow
@settings(max_examples=30)  # each compiles a pattern of its own
@given(
    st.text(max_size=80), st.text(max_size=80), st.text("abcdefABCDEF0123456789+/=%\"'\\-_.~", min_size=4, max_size=40)
)
@example("", "", "a\\\\\\\\b")
def test_a_known_secret_never_comes_through(before: str, after: str, secret: str) -> None:
    assert secret not in scrub(before + secret + after, [secret], 60)


@pytest.mark.slow
@given(st.text(max_size=300), st.integers(1, 100))
def test_scrubbed_text_is_one_short_line(text: str, limit: int) -> None:
    result = scrub(text, [], limit)
    assert len(result) <= limit
    assert "\n" not in result


FAMILY = [value for value in vars(exceptions).values() if inspect.isclass(value) and issubclass(value, e.HtcException)]


@pytest.mark.parametrize("family_member", FAMILY)
def test_all_have_one_root_and_can_be_pickled(family_member: type[e.HtcException]) -> None:
    assert family_member.__doc__
    error = family_member("message", 418)
    error.method = "GET"  # type: ignore[attr-defined]
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(again) is family_member
        assert (str(again), again.status_code, again.method) == ("message", 418, "GET")
    assert family_member("message").status_code is None


def test_every_exception_is_exported_and_documented() -> None:
    assert sorted(exceptions.__all__) == sorted(member.__name__ for member in FAMILY)
    for name in exceptions.__all__:
        assert name in (exceptions.__doc__ or "")


def test_the_base_class_is_in_both_modules() -> None:
    assert api.HtcException is exceptions.HtcException
    assert "HtcException" in api.__all__


def test_real_errors_survive_pickling(make: Make, service: Service) -> None:
    service.script(reply(429, {"errorType": "a", "errorDescription": "b"}, headers={"retry-after": "999"}))
    with pytest.raises(e.HtcRateLimitError) as caught:
        make().send(call())
    again = pickle.loads(pickle.dumps(caught.value))
    assert vars(again) == vars(caught.value)
    assert again.retry_after == 999


def test_a_pickle_holds_no_environment_variable() -> None:
    """Of a submission neither those of the jobs to be sent, nor of failed jobs those that the service repeats."""
    task: Any = SimpleNamespace(project_id="p", task_id="t")
    definitions = [JobDefinition(image_name="a:b", envs={"PASSWORD": "hunter22"})]
    refused = e.HtcSubmissionError("refused")
    refused.submission = new_submission(task, definitions, None, 10, 10)
    failed = e.HtcJobsFailedError("failed")
    envs = [{"name": "PASSWORD", "value": "hunter22"}]
    result = JobResult.of(HTCJob.from_dict({"jobUUID": "a:1", "status": "FAILED", "envs": envs}))
    failed.failures = [JobFailure(result, ["the last line"])]
    for error in (refused, failed):
        for pickled in (pickle.dumps(error), pickle.dumps([error, error])):
            assert b"hunter22" not in pickled
        assert "hunter22" not in f"{error!r} {vars(error)!r}"
    (again,) = pickle.loads(pickle.dumps(failed)).failures
    assert (again.result.job_id, again.last_log_lines) == ("a:1", ["the last line"])
    assert pickle.loads(pickle.dumps(refused)).submission.parts == refused.submission.parts
    assert result.job.envs is not None, "only the pickle is without"
