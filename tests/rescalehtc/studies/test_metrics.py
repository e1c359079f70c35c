"""Metrics in the exposition format of Prometheus."""

from __future__ import annotations

import asyncio
import contextlib
import math
import sys
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rescalehtc import AsyncHtcSession, HtcSession, aio, api
from rescalehtc.exceptions import HtcDecodeError, HtcException, HtcMissingExtraError
from rescalehtc.metrics import Sample, parse_metrics, read_metrics
from tests.support.scripted import KEY, Service, reply

TEXT = r"""# HELP htc_job_limit_vcpus vCPUs that jobs may use
# TYPE htc_job_limit_vcpus gauge
htc_job_limit_vcpus{project="p1",region="AWS_EU"} 500
htc_job_limit_vcpus{project="a \"b\" \\ c,}={\n",} 1.5e3 1700000000000
no_labels 7
empty{} -Inf
spaced { a = "1" , b = "2" }	+Inf
missing NaN
h_bucket{le="0.1"} 3 # {trace="x"} 0.05
# EOF
"""


@pytest.mark.slow
def test_samples() -> None:
    samples = parse_metrics(TEXT.replace("\n", "\r\n"))
    assert samples[:5] == [
        Sample("htc_job_limit_vcpus", {"project": "p1", "region": "AWS_EU"}, 500.0),
        Sample(
            "htc_job_limit_vcpus",
            {"project": 'a "b" \\ c,}={\n'},
            1500.0,
            datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC),
        ),
        Sample("no_labels", {}, 7.0),
        Sample("empty", {}, -math.inf),
        Sample("spaced", {"a": "1", "b": "2"}, math.inf),
    ]
    assert math.isnan(samples[5].value)
    assert samples[6] == Sample("h_bucket", {"le": "0.1"}, 3.0)
    assert parse_metrics("") == []


@pytest.mark.parametrize(
    "line",
    ["name", "1name 2", 'a{b="c} 1', "a{b=c} 1", "a x", "a 1 2 3", "a 1 soon", "a 1 99999999999999999999", "<p>"],
)
def test_what_is_not_a_sample(line: str) -> None:
    with pytest.raises(HtcDecodeError, match="Line 2"):
        parse_metrics(f"ok 1\n{line}\n")


@pytest.mark.slow
@given(st.text())
def test_no_text_raises_another_exception(text: str) -> None:
    with contextlib.suppress(HtcDecodeError):
        parse_metrics(text)


@pytest.mark.slow
@settings(max_examples=30)
@given(st.dictionaries(st.from_regex(r"[a-z][a-z_]{0,7}", fullmatch=True), st.text(), max_size=4))
def test_labels_of_any_text(labels: dict[str, str]) -> None:
    def escape(text: str) -> str:
        return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")

    line = "m{" + ",".join(f'{name}="{escape(value)}"' for name, value in labels.items()) + "} 1"
    assert parse_metrics(line) == [Sample("m", labels, 1.0)]


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client.parser", None)
    with pytest.raises(HtcMissingExtraError, match=r"rescalehtc\[metrics\]"):
        parse_metrics("a 1")


def test_read_with_both_sessions() -> None:
    service = Service().script(reply(text=TEXT))
    transport = httpx.MockTransport(service)
    with httpx.Client(transport=transport) as client:
        sync = read_metrics(HtcSession(api_key=KEY, http_client=client))

    async def read() -> list[Sample]:
        async with httpx.AsyncClient(transport=transport) as client:
            return await aio.metrics.read_metrics(AsyncHtcSession(api_key=KEY, http_client=client))

    assert repr(sync) == repr(asyncio.run(read()))
    assert len(sync) == 7


def test_the_function_of_the_reference_says_where_to_go() -> None:
    with HtcSession(api_key=KEY) as session:
        for call in (api.get_htc_metrics, api.post_oauth_token):
            with pytest.raises(NotImplementedError) as caught:
                call(session)
            assert isinstance(caught.value, HtcException)
    assert aio.get_htc_metrics is not None
