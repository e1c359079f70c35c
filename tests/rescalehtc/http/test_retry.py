"""The retry policy: what it repeats, and how long it waits."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescalehtc._http.messages import Failure, FailureKind, Response
from rescalehtc._http.retry import RetryPolicy, may_repeat, retry_after

NOW = 1_700_000_000.0
METHODS = ("GET", "PUT", "DELETE", "POST", "PATCH")
outcomes = st.one_of(
    st.builds(Failure, st.sampled_from(FailureKind), st.booleans(), st.just("")),
    st.builds(
        Response,
        st.integers(200, 599),
        st.one_of(
            st.just({}),
            st.fixed_dictionaries({"retry-after": st.one_of(st.text(), st.integers(0, 10**6).map(str))}),
        ),
        st.just(b""),
    ),
)


def failure(kind: FailureKind) -> Failure:
    return Failure(kind, False, "")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_idempotent_calls_are_repeated(method: str, status: int) -> None:
    assert may_repeat(method, Response(status, {}, b""))
    assert may_repeat(method, failure(FailureKind.LOST))
    assert may_repeat(method, failure(FailureKind.NEVER_SENT))


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_other_calls_are_repeated_only_if_the_first_had_no_effect(method: str) -> None:
    assert may_repeat(method, failure(FailureKind.NEVER_SENT))
    assert may_repeat(method, Response(429, {}, b""))
    assert may_repeat(method, Response(503, {"retry-after": "1"}, b""))
    assert not may_repeat(method, failure(FailureKind.LOST))
    for status in (500, 502, 503, 504, 400, 409):
        assert not may_repeat(method, Response(status, {}, b""))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("status", [200, 301, 400, 401, 403, 404, 409, 422, 500, 501])
def test_what_a_repeat_cannot_fix_is_not_repeated(method: str, status: int) -> None:
    assert not may_repeat(method, Response(status, {"retry-after": "1"}, b""))
    assert not may_repeat(method, failure(FailureKind.NOT_RETRYABLE))
    assert not may_repeat(method, failure(FailureKind.UNREADABLE))


@pytest.mark.slow
@given(
    method=st.sampled_from(METHODS),
    outcome=outcomes,
    attempt=st.integers(1, 3000),
    elapsed=st.floats(0, 1000),
    jitter=st.floats(0, 1),
    retries=st.integers(0, 3000),
    deadline=st.floats(0, 500),
)
def test_waits_are_bounded(
    method: str, outcome: Response | Failure, attempt: int, elapsed: float, jitter: float, retries: int, deadline: float
) -> None:
    policy = RetryPolicy(retries, deadline)
    delay = policy.delay(method, outcome, attempt=attempt, elapsed=elapsed, now=NOW, jitter=lambda: jitter)
    if attempt > retries or not may_repeat(method, outcome):
        assert delay is None
    if delay is not None:
        assert delay >= 0
        assert elapsed + delay <= deadline
        asked = retry_after(outcome, NOW)
        if asked is None:
            assert delay <= min(policy.longest, policy.base * 2 ** min(attempt - 1, 60))
        else:
            assert asked <= delay <= asked + policy.base


@pytest.mark.slow
@given(st.integers(-(10**6), 10**6))
def test_a_date_is_read_as_seconds_from_now(seconds: int) -> None:
    date = format_datetime(datetime.fromtimestamp(NOW + seconds, UTC), usegmt=True)
    assert retry_after(Response(503, {"retry-after": date}, b""), NOW) == max(0, seconds)


@pytest.mark.slow
@given(st.text())
def test_invalid_values_are_no_pause(text: str) -> None:
    seconds = retry_after(Response(503, {"retry-after": text}, b""), NOW)
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize("text", ["", "soon", "-1", "nan", "inf", "1e999", "9" * 400, "Mon, 99 Foo 2024 00:00:00 GMT"])
def test_unusable_retry_after(text: str) -> None:
    assert retry_after(Response(503, {"retry-after": text}, b""), NOW) is None


def test_the_pause_grows_and_is_random() -> None:
    policy = RetryPolicy(20, 1e9)
    tops = [
        policy.delay("GET", failure(FailureKind.LOST), attempt=n, elapsed=0, now=NOW, jitter=lambda: 1.0)
        for n in range(1, 9)
    ]
    assert tops == [0.5, 1, 2, 4, 8, 16, 20, 20]
    assert policy.delay("GET", failure(FailureKind.LOST), attempt=9, elapsed=0, now=NOW, jitter=lambda: 0.0) == 0
