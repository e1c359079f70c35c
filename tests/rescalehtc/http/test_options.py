"""What you can set for a session and for a single call."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from rescalehtc import AsyncHtcSession, HtcSession, api
from rescalehtc import exceptions as e
from rescalehtc._http.retry import RetryPolicy
from rescalehtc._http.settings import Settings
from rescalehtc._http.transports.connections import Transport
from rescalehtc._version import USER_AGENT
from tests.support.raw_server import Server, answer
from tests.support.routes import call
from tests.support.scripted import KEY, Driver, Make, Service, reply


def send(driver: Driver, **options: Any) -> Any:
    view = driver.session.with_options(**options)
    return driver._finish(view.send(call()))


def test_a_view_shares_the_token_and_leaves_the_session_as_it_is(make: Make, service: Service) -> None:
    driver = make(headers={"X-Team": "wings", "x-run": "1"}, user_agent="my-app/1.2")
    service.script(reply())
    driver.send(call())
    send(driver, headers={"X-Run": "2"}, user_agent="other/3")
    driver.send(call())
    assert service.tokens == 1
    seen = [(r.headers["x-team"], r.headers["x-run"], r.headers["user-agent"]) for r in service.calls]
    own = ("wings", "1", f"{USER_AGENT} my-app/1.2")
    assert seen == [own, ("wings", "2", f"{USER_AGENT} other/3"), own]
    assert all(request.headers["x-team"] == "wings" for request in service.requests)


def test_retries_per_call(make: Make, service: Service) -> None:
    driver = make(max_retries=3)
    service.script(reply(503))
    for options, attempts in (({"max_retries": 0}, 1), ({"max_retries": 1}, 2), ({"retry_deadline": 0}, 1), ({}, 4)):
        service.requests.clear()
        with pytest.raises(e.HtcServerError):
            send(driver, **options)
        assert len(service.calls) == attempts


def test_time_limits_per_call(kind: str, server: Server) -> None:
    async def run_async() -> None:
        async with AsyncHtcSession(api_key=KEY, base_url=server.url, max_retries=0) as session:
            with pytest.raises(e.HtcTimeoutError):
                await session.with_options(timeout=0.05).send(call())
            answering.set()
            assert await session.send(call()) == 1

    def run() -> None:
        with HtcSession(api_key=KEY, base_url=server.url, max_retries=0) as session:
            with pytest.raises(e.HtcTimeoutError):
                session.with_options(timeout=0.05).send(call())
            answering.set()
            assert session.send(call()) == 1

    answering = threading.Event()

    def slow(head: bytes, body: bytes) -> bytes:
        answering.wait(10)
        return answer()

    server.handler = slow
    asyncio.run(run_async()) if kind == "async" else run()


def test_a_view_ends_with_its_session(make: Make, service: Service) -> None:
    driver = make()
    view = driver.session.with_options(timeout=1)
    driver.invoke("close")
    assert view.closed
    with pytest.raises(e.HtcClosedError):
        driver._finish(view.send(call()))


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("timeout", "30", "timeout must be a positive number of seconds, not '30'"),
        ("timeout", 0, "timeout must be"),
        ("timeout", True, "timeout must be"),
        ("connect_timeout", float("inf"), "connect_timeout must be"),
        ("max_retries", "3", "max_retries must be an integer, 0 or more, not '3'"),
        ("max_retries", 1.5, "max_retries must be an integer"),
        ("retry_deadline", -1, "retry_deadline must be a number of seconds, 0 or more"),
        ("headers", {"Authorization": "hush"}, "Authorization cannot be set"),
        ("headers", {"User-Agent": "x"}, "use the argument user_agent"),
        ("headers", {"a b": "x"}, "'a b' is not the name of a header"),
        ("headers", {"x-team": "hush\r\nx: y"}, "the value of x-team must be"),
        ("headers", {"x-team": 5}, "the value of x-team must be"),
        ("user_agent", "a\nb", "user_agent must be"),
        ("user_agent", "", "user_agent must be"),
        ("user_agent", b"a/1", "user_agent must be"),
        ("timeout", [10**5000], "timeout must be .*, not this list"),
        ("timeout", (5, 30), r"timeout must be a positive number of seconds, not \(5, 30\)"),
        ("timeout", httpx.Timeout(5), "timeout must be"),
        ("timeout", float("nan"), "timeout must be"),
        ("max_retries", float("inf"), "max_retries must be an integer, 0 or more, not inf"),
        ("headers", [("x-team", "hush")], "headers must be a dictionary of names and values, not list"),
        ("headers", {"x-team": " hush"}, "without spaces at its ends"),
        ("headers", {"Accept-Encoding": "br"}, "the session sets it itself"),
        ("headers", {"content-TYPE": "x"}, "the session sets it itself"),
        ("observer", "print", "observer must be a function, not str"),
    ],
)
def test_unusable_options(make: Make, option: str, value: Any, said: str) -> None:
    driver = make()
    for refused in (lambda: driver.session.with_options(**{option: value}), lambda: make(**{option: value})):
        with pytest.raises(e.HtcConfigurationError, match=said) as caught:
            refused()
        assert "hush" not in str(caught.value)


def test_a_time_limit_beyond_those_of_the_system(server: Server) -> None:
    with HtcSession(api_key=KEY, base_url=server.url, timeout=10**400, max_retries=0) as session:
        assert session.send(call()) == 1


def test_views_of_views_add_up(make: Make) -> None:
    session = make(headers={"a": "1"}).session
    view = session.with_options(timeout=5, headers={"A": "2"}).with_options(max_retries=0, headers={"b": "3"})
    assert (view.settings.timeouts.response, view.settings.policy.max_retries) == (5, 0)
    assert view.settings.headers == {"a": "2", "b": "3"}
    assert session.settings.headers == {"a": "1"}


def test_a_client_keeps_its_own_name(service: Service) -> None:
    service.script(reply())
    client = httpx.Client(transport=httpx.MockTransport(service), headers={"user-agent": "theirs/1"})
    with client, HtcSession(api_key=KEY, http_client=client, user_agent="my-app/1") as session:
        session.send(call())
    assert {request.headers["user-agent"] for request in service.requests} == {"theirs/1"}


def test_the_signature_shows_the_values_that_apply() -> None:
    policy = RetryPolicy()
    with HtcSession(api_key=KEY) as session:
        assert session.settings.policy == policy
        assert session.settings.max_connections == Settings.read(environ={}).max_connections


class TestKeysFromAFunction:
    def test_it_is_asked_at_each_renewal(self, make: Make, service: Service) -> None:
        keys = iter(["first-key", "second-key"])
        driver = make(api_key=lambda: next(keys))
        service.script(reply(), reply(401), reply())
        driver.send(call())
        driver.send(call())
        sent = [r.headers["authorization"] for r in service.requests if r.url.path.endswith("/auth/token")]
        assert sent == ["Token first-key", "Token second-key"]
        assert driver.session.api_key is None

    def test_it_may_be_async(self, service: Service) -> None:
        async def key() -> str:
            await asyncio.sleep(0)
            return "from-the-vault"

        driver = Driver("async", service, api_key=key)
        service.script(reply(json=1))
        assert driver.send(call()) == 1
        assert service.requests[0].headers["authorization"] == "Token from-the-vault"
        driver.close()

    @pytest.mark.parametrize("key", ["two words", "", None, 5])
    def test_no_key(self, make: Make, key: Any) -> None:
        with pytest.raises(e.HtcConfigurationError, match=r"the api_key function \S+"):
            make(api_key=lambda: key).send(call())

    def test_an_async_one_for_a_sync_session(self, service: Service) -> None:
        async def key() -> str:
            return KEY

        with pytest.raises(e.HtcConfigurationError, match="only an AsyncHtcSession can await"):
            HtcSession(api_key=key)
        driver = Driver("sync", service, api_key=lambda: key())
        with pytest.raises(e.HtcConfigurationError, match="only an AsyncHtcSession can await"):
            driver.send(call())
        driver.close()

    @pytest.mark.slow
    def test_threads_share_one_key(self, service: Service) -> None:
        asked: list[int] = []

        def key() -> str:
            asked.append(1)
            started.wait(10)
            return KEY

        started = threading.Event()
        service.script(reply(json=1))
        driver = Driver("sync", service, api_key=key)
        with ThreadPoolExecutor(50) as pool:
            sent = [pool.submit(driver.send, call()) for _ in range(50)]
            started.set()
        assert [each.result() for each in sent] == [1] * 50
        assert len(asked) == 1
        driver.close()

    def test_it_fails(self, make: Make) -> None:
        def ask() -> str:
            raise OSError("the vault at hush says no")

        with pytest.raises(e.HtcAuthenticationError, match="raised OSError") as caught:
            make(api_key=ask).send(call())
        assert isinstance(caught.value.__cause__, OSError)
        assert "hush" not in str(caught.value)


CERTIFICATE_SOURCES = ["ca_file", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"]


class TestProxyAndCertificates:
    def test_a_proxy(self, server: Server) -> None:
        options: dict[str, Any] = {"base_url": "http://htc.example/api/v1", "allow_http": True}
        with HtcSession(api_key=KEY, proxy=server.url.removesuffix("/api"), **options) as session:
            assert session.send(call()) == 1
        assert server.heads[0].startswith(b"GET http://htc.example/api/v1/htc/things/t1 HTTP/1.1\r\n")

    @pytest.mark.parametrize(
        "proxy",
        ["proxy.example:80", "ftp://u:hush@proxy.example", "http://", "http://u:hush@", 5, b"http://a", ["http://a"]],
    )
    def test_an_unusable_proxy(self, proxy: Any) -> None:
        with pytest.raises(e.HtcConfigurationError, match="proxy must be a URL") as caught:
            HtcSession(api_key=KEY, proxy=proxy)
        assert "hush" not in str(caught.value)

    @pytest.mark.parametrize("source", CERTIFICATE_SOURCES)
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (None, "file '.*' in .*{source}.* does not exist"),
            ("no certificate", "file .* in .*{source}.* cannot be used: .* PEM form"),
            ("", "file .* in .*{source}.* cannot be used: .* PEM form"),
            ([], "folder .* in .*{source}.* holds no certificates that can be found: run `openssl rehash`"),
        ],
        ids=["missing", "other", "empty", "folder"],
    )
    def test_unusable_certificates(self, source: str, content: Any, said: str, tmp_path: Path) -> None:
        path = tmp_path / "authorities"
        if content == []:
            path.mkdir()
            (path / "some.pem").touch()
        elif content is not None:
            path.write_text(content)
        environ = {} if source == "ca_file" else {source: str(path)}
        with pytest.raises(e.HtcConfigurationError, match=said.format(source=source)):
            Transport(Settings.read(ca_file=path if source == "ca_file" else None, environ=environ))

    def test_a_list_of_folders_of_which_one_exists(self, tmp_path: Path) -> None:
        environ = {"SSL_CERT_DIR": f"/no/such/folder:{tmp_path}"}
        assert list(Settings.read(environ=environ).ca_files) == [str(tmp_path)]

    @pytest.mark.parametrize("path", [5, b"a.pem", ["a.pem"], ""])
    def test_no_path(self, path: Any) -> None:
        with pytest.raises(e.HtcConfigurationError, match="ca_file"):
            HtcSession(api_key=KEY, ca_file=path)

    def test_the_home_folder_is_filled_in(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        (tmp_path / "ca.pem").touch()
        assert Settings.read(ca_file="~/ca.pem").ca_argument == str(tmp_path / "ca.pem")

    def test_not_together_with_a_client(self) -> None:
        with (
            httpx.Client() as client,
            pytest.raises(e.HtcConfigurationError, match="to the client, not to the session"),
        ):
            HtcSession(api_key=KEY, http_client=client, proxy="http://proxy.example")


@pytest.mark.parametrize(
    "looks",
    [
        "0123456789abcdef0123456789abcdef01234567",
        "0123456789abcdef0123456789abcdef01234567\n",
        "Token 0123456789abcdef0123456789abcdef01234567",
        "'0123456789abcdef0123456789abcdef01234567'",
        "0123456789abcdef/123456789abcdef+1234567=",
        "0123456789abcdef" * 20,
        "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIx.abc12",
    ],
)
def test_a_key_as_first_argument_is_not_shown(looks: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RESCALE_API_TOKEN", KEY)
    monkeypatch.setattr(HtcSession, "get_config_folder", staticmethod(lambda _=None: str(tmp_path)))
    monkeypatch.setattr(AsyncHtcSession, "get_config_folder", staticmethod(lambda _=None: str(tmp_path)))
    for kind in (HtcSession, AsyncHtcSession):
        with pytest.raises(e.HtcConfigurationError, match="api_key=") as caught:
            kind(looks)
        assert "89abcdef" not in str(caught.value)
        assert looks not in str(caught.value)


def test_a_base_url_without_its_path_is_suspected(make: Make, service: Service) -> None:
    service.script(reply(404))
    with pytest.raises(e.HtcNotFoundError, match=r"does not end in /api/v1, .* check the base_url argument"):
        make(base_url="https://htc.example").send(call())
    with pytest.raises(e.HtcNotFoundError) as caught:
        make(base_url="https://htc.example/api/v1").send(call())
    assert "/api/v1, as" not in str(caught.value)
    service.token_answers = [httpx.Response(200, html="<html>Welcome</html>")]
    with pytest.raises(e.HtcDecodeError, match="does not end in /api/v1"):
        make(base_url="https://htc.example").send(call())


@pytest.mark.parametrize("status", [301, 403])
def test_a_web_page_from_a_base_url_without_its_path(status: int, make: Make, service: Service) -> None:
    service.script(*[httpx.Response(status, html="<html>Welcome</html>")] * 2)
    with pytest.raises(e.HtcStatusError, match="does not end in /api/v1"):
        make(base_url="https://htc.example").send(call())
    with pytest.raises(e.HtcStatusError) as caught:
        make(base_url="https://htc.example/api/v1").send(call())
    assert "/api/v1, as" not in str(caught.value)


def test_a_listing_continues_from_a_cursor(make: Make, service: Service, kind: str) -> None:
    def page(number: int) -> httpx.Response:
        more = {"next": f"https://htc.rescale.com/api/v1/htc/projects?pageIndex={number + 1}"} if number < 3 else {}
        return reply(json={"items": [{"projectId": f"p{number}"}], **more})

    from rescalehtc import aio

    service.script(*map(page, (1, 2, 3)))
    driver = make()
    function: Any = api.iter_htc_projects if kind == "sync" else aio.iter_htc_projects

    def first(iterator: Any) -> Any:
        return next(iterator) if kind == "sync" else driver._finish(anext(iterator))

    def rest(iterator: Any) -> list[Any]:
        async def collect() -> list[Any]:
            return [each async for each in iterator]

        return list(iterator) if kind == "sync" else driver._finish(collect())

    seen = first(driver.session.pages(function, page_size=1))
    assert [project.project_id for project in seen.items] == ["p1"]
    cursor = seen.cursor
    later = rest(driver.session.pages_from(cursor, function, page_size=1))
    assert [project.project_id for each in later for project in each.items] == ["p2", "p3"]
    assert later[-1].cursor is None
    assert [request.url.query for request in service.calls] == [b"pageSize=1", b"pageIndex=2", b"pageIndex=3"]

    tasks: Any = api.iter_htc_projects_tasks if kind == "sync" else aio.iter_htc_projects_tasks
    for refused, said in (
        (lambda: driver.session.pages(function, max_items=3), "max_items would cut a page"),
        (lambda: driver.session.pages(api.get_htc_projects), "Pass iter_htc_projects"),
        (lambda: driver.session.pages(api.get_htc_projects, "p1"), "is not a listing"),
        (lambda: driver.session.pages(lambda session: None), "Only the iter_ functions"),
        (lambda: driver.session.pages(aio.get_htc_projects), "Only the iter_ functions"),
        (lambda: driver.session.pages("projects"), "Pass a function, such as .*, not str"),
        (lambda: driver.session.pages_from(function, cursor), "Pass a function, such as .*, not str"),
        (lambda: driver.session.pages(function, driver.session), "without the session"),
        (lambda: driver.session.pages_from(cursor, tasks, "p1"), "The cursor does not belong to GET .*/tasks"),
        (lambda: driver.session.pages_from("", function), "The cursor does not belong to GET"),
    ):
        with pytest.raises(e.HtcPayloadError, match=said):
            refused()
    with pytest.raises(e.HtcPagingError, match="a host other than"):
        driver.session.pages_from("https://evil.example/api/v1/htc/projects", function)


@pytest.mark.parametrize("workspace", ["team\n", "team\ud800", "te\0am", "..", ""])
def test_invalid_names_of_a_workspace(workspace: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESCALE_API_TOKEN", KEY)
    with pytest.raises(e.HtcConfigurationError, match="workspace must be the name of a folder"):
        HtcSession(workspace)


def test_a_proxy_that_refuses_is_named_as_the_cause(make: Make, service: Service) -> None:
    service.script(httpx.ProxyError("407 Proxy Authentication Required"))
    with pytest.raises(e.HtcConnectionError, match="the proxy refused the connection: 407"):
        make(max_retries=0).send(call())
