"""How a call is authorized, repeated and answered, in both kinds of session."""

from __future__ import annotations

import json

import httpx
import pytest

from rescalehtc import HtcSession
from rescalehtc import exceptions as e
from tests.support.routes import call, keyed, listing, nothing, public, text
from tests.support.scripted import KEY, Make, Service, reply


def test_a_call_carries_the_bearer_token_and_its_body(make: Make, service: Service) -> None:
    service.script(reply(json={"a": 1}))
    assert make().send(call("POST", body=b'{"x":1}')) == {"a": 1}
    token, request = service.requests
    assert token.headers["authorization"] == f"Token {KEY}"
    assert request.headers["authorization"] == f"Bearer {Service.token(1)}"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["content-length"] == "7"
    assert request.headers["user-agent"].startswith("rescalehtc/2")
    assert str(request.url) == "https://htc.rescale.com/api/v1/htc/things/t1"
    assert json.loads(request.content) == {"x": 1}


def test_the_token_is_fetched_once(make: Make, service: Service) -> None:
    driver = make()
    service.script(reply())
    assert service.requests == []  # making a session touches no network
    for _ in range(3):
        driver.send(call())
    assert service.tokens == 1


def test_each_kind_of_authorization(make: Make, service: Service) -> None:
    driver = make()
    service.script(reply())
    driver.send(public())
    driver.send(keyed())
    driver.send(keyed("Refresh abc"))
    assert [request.headers.get("authorization") for request in service.requests] == [
        None,
        f"Token {KEY}",
        "Refresh abc",
    ]


def test_text_and_nothing(make: Make, service: Service) -> None:
    driver = make()
    service.script(reply(text="plain"))
    assert driver.send(text()) == "plain"
    service.script(reply(204, content=b""))
    assert driver.send(nothing()) is None
    service.script(reply(200, content=b"<html>thanks</html>"))
    assert driver.send(nothing()) is None


def test_a_401_renews_once_and_repeats_even_a_post(make: Make, service: Service) -> None:
    driver = make(max_retries=0)
    service.script(reply(401, content=b""), reply(json=7))
    assert driver.send(call("POST", body=b"{}")) == 7
    assert [r.headers["authorization"][-1] for r in service.calls] == ["1", "2"]


def test_a_second_401_is_an_error(make: Make, service: Service) -> None:
    service.script(reply(401, content=b""))
    with pytest.raises(e.HtcUnauthorizedError, match="api_key argument"):
        make().send(call())
    assert len(service.calls) == 2
    assert service.tokens == 2


def test_a_refused_key_says_which(make: Make, service: Service) -> None:
    service.token_answers = [reply(401, content=b"")]
    with pytest.raises(e.HtcUnauthorizedError, match="api_key argument") as caught:
        make().send(call())
    assert caught.value.path == "/auth/token"
    assert len(service.requests) == 1


@pytest.mark.parametrize("answer", [{}, {"tokenValue": None}, {"tokenValue": "a\nb"}, {"tokenValue": 7}, []])
def test_a_response_without_a_token(make: Make, service: Service, answer: object) -> None:
    service.token_answers = [reply(json=answer)]
    with pytest.raises(e.HtcDecodeError):
        make().send(call())


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_transient_errors_are_retried(make: Make, service: Service, pauses: list[float], status: int) -> None:
    service.script(reply(status), reply(status), reply(json=1))
    assert make().send(call()) == 1
    assert len(pauses) == 2


@pytest.mark.parametrize(
    "error", [httpx.ConnectError("no"), httpx.ConnectTimeout("no"), httpx.PoolTimeout("no"), httpx.ProxyError("no")]
)
@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "PUT", "DELETE"])
def test_what_was_never_sent_is_repeated(make: Make, service: Service, error: Exception, method: str) -> None:
    service.script(error, reply(json=1))
    assert make().send(call(method)) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (httpx.ReadError("broke"), e.HtcConnectionError),
        (httpx.RemoteProtocolError("hung up"), e.HtcConnectionError),
        (httpx.WriteError("broke"), e.HtcConnectionError),
        (httpx.ReadTimeout("slow"), e.HtcTimeoutError),
        (httpx.WriteTimeout("slow"), e.HtcTimeoutError),
    ],
)
def test_a_lost_response_is_repeated_for_get_only(
    make: Make, service: Service, error: Exception, expected: type[e.HtcConnectionError | e.HtcTimeoutError]
) -> None:
    driver = make(max_retries=3)
    service.script(error)
    with pytest.raises(expected) as got:
        driver.send(call())
    assert len(service.calls) == 4
    assert "4 attempts" in str(got.value)
    service.requests.clear()
    with pytest.raises(expected, match="may still have carried it out") as posted:
        driver.send(call("POST"))
    assert len(service.calls) == 1
    assert posted.value.maybe_received
    assert posted.value.__cause__ is error


def test_never_sent_in_the_end(make: Make, service: Service) -> None:
    service.script(httpx.ConnectError("Connection refused"))
    with pytest.raises(e.HtcConnectionError, match="Connection refused") as caught:
        make(max_retries=1).send(call("POST"))
    assert not caught.value.maybe_received


def test_what_a_repeat_cannot_fix(make: Make, service: Service, pauses: list[float]) -> None:
    driver = make()
    for error in (httpx.ConnectError("CERTIFICATE_VERIFY_FAILED: self signed"), httpx.LocalProtocolError("bad")):
        service.script(error)
        with pytest.raises(e.HtcConnectionError):
            driver.send(call())
    service.script(lambda _: httpx.Response(200, headers={"content-encoding": "gzip"}, stream=_Both(b"no gzip")))
    with pytest.raises(e.HtcDecodeError, match="cannot be read"):
        driver.send(call())
    assert pauses == []


class _Both(httpx.ByteStream):
    """A body that was not read yet."""


def test_the_pause_that_the_service_requests(make: Make, service: Service, pauses: list[float]) -> None:
    service.script(reply(503, headers={"retry-after": "7"}), reply(json=1))
    assert make().send(call("POST")) == 1
    assert 7 <= pauses[0] <= 8


def test_no_wait_beyond_the_deadline(make: Make, service: Service, pauses: list[float]) -> None:
    service.script(reply(429, headers={"retry-after": "3600"}))
    with pytest.raises(e.HtcRateLimitError) as caught:
        make().send(call())
    assert caught.value.retry_after == 3600
    assert pauses == []


def test_retries_can_be_switched_off(make: Make, service: Service) -> None:
    service.script(reply(503))
    with pytest.raises(e.HtcServerError):
        make(max_retries=0).send(call())
    assert len(service.calls) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"<html>oops</html>", b"\xff\xfe", b'{"a":' * 5000])
def test_what_is_not_json(make: Make, service: Service, body: bytes) -> None:
    service.script(reply(200, content=body))
    with pytest.raises(e.HtcDecodeError, match=r"GET /htc/things/t1: the response \(HTTP 200\)") as caught:
        make().send(call())
    assert caught.value.status_code == 200


def test_a_web_page_is_not_text(make: Make, service: Service) -> None:
    driver = make()
    for page in (reply(html="<html>login</html>"), reply(text="<!DOCTYPE html><p>login")):
        service.script(page)
        with pytest.raises(e.HtcDecodeError, match="HTML"):
            driver.send(text())


def test_a_failing_decoder_raises_no_bare_key_error(make: Make, service: Service) -> None:
    service.script(reply(json=[]))
    with pytest.raises(e.HtcDecodeError):
        make().send(listing())


@pytest.mark.parametrize("target", ["https://evil.example/htc/x", "http://htc.rescale.com/api/v1/x", "ftp://x/", "x"])
def test_a_call_elsewhere_is_not_made(make: Make, service: Service, target: str) -> None:
    service.script(reply())
    with pytest.raises(e.HtcPayloadError, match="own host"):
        make().send(call(target=target))
    assert service.requests == []


def test_headers_that_cannot_be_sent(make: Make, service: Service) -> None:
    driver = make()
    service.script(reply())
    with pytest.raises(e.HtcPayloadError, match="X-A"):
        driver.send(call(headers={"X-A": "ü\n"}))
    with pytest.raises(e.HtcConfigurationError):
        driver.send(keyed("Token a\nb"))


def test_a_hook_of_the_client_may_raise(service: Service) -> None:
    client = httpx.Client(
        transport=httpx.MockTransport(service), event_hooks={"response": [lambda r: r.raise_for_status()]}
    )
    service.script(reply(404, json={"error": "x", "errorDescription": "gone"}))
    with client, pytest.raises(e.HtcNotFoundError, match="gone"):
        HtcSession(api_key=KEY, http_client=client).send(call())
    with pytest.raises(e.HtcClosedError, match="http_client"):
        HtcSession(api_key=KEY, http_client=client).send(call())
