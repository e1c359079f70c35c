"""The arguments of a session that are not secret."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescalehtc import AsyncHtcSession, HtcSession
from rescalehtc._http.settings import Settings
from rescalehtc._http.urls import locate
from rescalehtc.exceptions import HtcConfigurationError
from rescalehtc_generated import SERVER_URL


def base_url(url: str | None = None, *, allow_http: bool = False, **environ: str) -> str:
    return Settings.read(base_url=url, environ=environ, allow_http=allow_http).base_url


def test_argument_then_variable_then_the_service() -> None:
    assert base_url("https://a.example/v1/", RESCALE_HTC_API_URL="https://b.example") == "https://a.example/v1"
    assert base_url(RESCALE_HTC_API_URL=" https://b.example/x// ") == "https://b.example/x"
    assert base_url() == SERVER_URL


@pytest.mark.parametrize("url", ["", "  "])
def test_an_empty_variable_is_not_the_service(url: str) -> None:
    with pytest.raises(HtcConfigurationError, match="RESCALE_HTC_API_URL is empty"):
        base_url(RESCALE_HTC_API_URL=url)


@pytest.mark.parametrize("url", ["http://localhost:8080/api", "http://127.0.0.1:1", "http://[::1]:5/x"])
def test_plain_http_stays_on_this_machine(url: str) -> None:
    assert base_url(url) == url
    with pytest.raises(HtcConfigurationError, match="allow_http"):
        base_url("http://htc.rescale.com/api/v1")
    with pytest.raises(HtcConfigurationError, match="allow_http"):
        base_url("http://127.0.0.1.evil.example")
    with pytest.raises(HtcConfigurationError, match="allow_http"):
        base_url("http://localhost.evil.example")
    assert base_url("http://server:80/a", allow_http=True) == "http://server/a"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "htc.rescale.com",
        "ftp://a",
        "https://",
        "https://u:p4ssw0rd@a/",
        "https://a/?q=1",
        "https://a/#f",
        "https://a b",
    ],
)
def test_unusable_base_urls(url: str) -> None:
    with pytest.raises(HtcConfigurationError, match="base_url argument") as caught:
        HtcSession(api_key="k" * 8, base_url=url)
    assert "p4ssw0rd" not in str(caught.value)


@pytest.mark.parametrize(
    "options",
    [
        {"timeout": 0},
        {"timeout": float("inf")},
        {"connect_timeout": -1},
        {"max_retries": -1},
        {"retry_deadline": float("nan")},
        {"max_connections": 0},
    ],
)
@pytest.mark.parametrize("session", [HtcSession, AsyncHtcSession])
def test_invalid_numbers(session: type[HtcSession | AsyncHtcSession], options: dict[str, float]) -> None:
    with pytest.raises(HtcConfigurationError, match=next(iter(options))):
        session(api_key="k" * 8, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "origin", "rest"),
    [
        ("https://A.Example:443/P?q=1", "https://a.example", "/P?q=1"),
        ("http://a:80", "http://a", ""),
        ("http://a:0080/", "http://a", "/"),
        ("https://a:8443?x", "https://a:8443", "?x"),
        ("https://[::1]:9/", "https://[::1]:9", "/"),
    ],
)
def test_the_two_halves_of_a_url(url: str, origin: str, rest: str) -> None:
    location = locate(url)
    assert location is not None
    assert (location.origin, location.rest) == (origin, rest)


@pytest.mark.parametrize(
    "url",
    [
        "https://good.example@evil.example/",
        "https://good.example\\@evil.example/",
        "https://good.example#@evil.example/",
        "https:/evil.example",
        "//evil.example/",
        "https://good.example\n.evil.example/",
        "https://good.example:443@evil.example",
        "https://göod.example/",
        "",
    ],
)
def test_urls_that_parsers_disagree_about_are_refused(url: str) -> None:
    assert locate(url) is None


@pytest.mark.slow
@given(st.text())
def test_no_text_raises_another_exception(text: str) -> None:
    locate(text)
    locate("https://" + text)


def test_sync_and_async_take_the_same_arguments() -> None:
    sync, async_ = (inspect.signature(cls.__init__).parameters for cls in (HtcSession, AsyncHtcSession))
    assert list(sync) == list(async_)
    for name in sync:
        if name != "http_client":
            assert sync[name] == async_[name]
    assert list(sync)[1:4] == ["workspace", "config_folder_override", "api_key"]
