"""The life of a session: closing, event loops, cancelling, forking, copying."""

from __future__ import annotations

import asyncio
import copy
import multiprocessing
import os
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from rescalehtc import AsyncHtcSession, HtcSession
from rescalehtc import exceptions as e
from tests.support.routes import call, listing, public
from tests.support.scripted import KEY, Make, Service, reply


@pytest.mark.slow
def test_after_closing(make: Make, service: Service) -> None:
    driver = make()
    service.script(reply(json=1))
    assert driver.send(call()) == 1
    assert not driver.session.closed
    driver.invoke("close")
    driver.invoke("close")
    assert driver.session.closed
    assert "closed" in repr(driver.session)
    for use in (lambda: driver.send(call()), lambda: driver.send(public()), lambda: driver.collect(listing())):
        with pytest.raises(e.HtcClosedError, match="was closed"):
            use()
    assert not driver._client.is_closed  # the caller's, not ours


def test_with_closes() -> None:
    with HtcSession(api_key=KEY) as session:
        pass
    with pytest.raises(e.HtcClosedError), session:
        pass


async def test_async_with_closes() -> None:
    async with AsyncHtcSession(api_key=KEY) as session:
        pass
    with pytest.raises(e.HtcClosedError):
        await session.__aenter__()


@pytest.mark.parametrize("attempt", [pickle.dumps, copy.deepcopy])
def test_a_session_with_a_key_cannot_be_pickled_and_says_what_to_do(make: Make, attempt: Any) -> None:
    with pytest.raises(e.HtcConfigurationError, match=r"in each process\.$") as caught:
        attempt(make().session)
    assert KEY not in str(caught.value)


def find_key() -> str:
    return KEY


class Customised(HtcSession):
    """As applications of 1.1.0 have them: a constructor of its own, and an attribute."""

    def __init__(self, purpose: str, **options: Any) -> None:
        super().__init__(api_key=find_key, **options)
        self.purpose = purpose


@pytest.mark.parametrize("kind", [HtcSession, AsyncHtcSession, Customised])
@pytest.mark.parametrize("copied", [lambda session: pickle.loads(pickle.dumps(session)), copy.deepcopy])
def test_a_session_is_pickled_as_its_arguments(kind: Any, copied: Callable[[Any], Any], tmp_path: Path) -> None:
    options: dict[str, Any] = {"base_url": "http://localhost:9/api/v1", "timeout": 7, "headers": {"x-team": "wings"}}
    options |= {"config_folder_override": tmp_path, "max_retries": 1}
    session = kind("sweep", **options) if kind is Customised else kind(api_key=find_key, **options)
    session = session.with_options(max_retries=2, user_agent="app/1")
    session._exchange.tokens.use("a-bearer-token")
    twin = copied(session)
    assert twin.settings == session.settings
    assert twin.settings.policy.max_retries == 2
    assert str(tmp_path) == twin.CONFIG_FOLDER
    assert twin._exchange.tokens.token is None
    assert b"a-bearer-token" not in pickle.dumps(session)
    if kind is Customised:
        assert (type(twin), twin.purpose) == (Customised, "sweep")


def test_a_copy_and_a_view_from_before_the_first_call_share_the_token() -> None:
    session = HtcSession(api_key=KEY, base_url="http://localhost:9/api/v1")
    twin, view = copy.copy(session), session.with_options(timeout=1)
    session._exchange.tokens.use("a-bearer-token")
    assert twin._exchange.tokens.token == view._exchange.tokens.token == session._exchange.tokens.token


def test_threads_that_make_the_first_call_at_once_share_the_token() -> None:
    session = HtcSession(api_key=KEY, base_url="http://localhost:9/api/v1")
    ready = threading.Barrier(8)

    def first(_: int) -> object:
        ready.wait()
        return session._exchange.tokens

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(first, range(8)))) == 1


@pytest.mark.slow
def test_a_session_with_a_supplied_client_cannot_be_pickled() -> None:
    with httpx.Client() as client, pytest.raises(e.HtcConfigurationError, match="http_client"):
        pickle.dumps(HtcSession(api_key=find_key, http_client=client))


def test_the_password_of_a_proxy_is_not_pickled() -> None:
    pickle.dumps(HtcSession(api_key=find_key, proxy="http://proxy.example:3128"))
    with pytest.raises(e.HtcConfigurationError, match=r"password of its proxy .* HTTPS_PROXY") as caught:
        pickle.dumps(HtcSession(api_key=find_key, proxy="http://user:hush@proxy.example:3128"))
    assert "hush" not in str(caught.value)


def test_repr_shows_where_but_not_with_what(make: Make, service: Service) -> None:
    driver = make()
    service.script(reply())
    driver.send(call())
    session = driver.session
    things = (session, session._credential, session._exchange.tokens.token, session.settings, call(body=b"secret"))
    shown = [repr(thing) for thing in things]
    assert "https://htc.rescale.com/api/v1" in shown[0]
    for text in shown:
        assert KEY not in text
        assert Service.token(1) not in text
        assert "secret" not in text.replace("secret=", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("session", "client"), [(HtcSession, httpx.AsyncClient), (AsyncHtcSession, httpx.Client), (HtcSession, str)]
)
def test_the_wrong_kind_of_client(session: type[HtcSession], client: type[httpx.Client]) -> None:
    with pytest.raises(e.HtcConfigurationError, match="http_client"):
        session(api_key=KEY, http_client=client())


def test_closing_ends_the_wait_between_attempts(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # the real wait
    monkeypatch.delenv("RESCALE_HTC_API_URL", raising=False)
    asked = threading.Event()

    def answer(_: httpx.Request) -> httpx.Response:
        asked.set()
        return reply(503, headers={"retry-after": "100"})

    service.script(answer)
    with httpx.Client(transport=httpx.MockTransport(service)) as client:
        session = HtcSession(api_key=KEY, http_client=client)
        errors: list[BaseException] = []

        def work() -> None:
            try:
                session.send(call())
            except e.HtcClosedError as error:
                errors.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        assert asked.wait(10)
        session.close()
        thread.join(10)
        assert not thread.is_alive()
        assert len(errors) == 1


async def test_closing_ends_the_wait_of_a_task(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    asked = asyncio.Event()

    def answer(_: httpx.Request) -> httpx.Response:
        asked.set()
        return reply(503, headers={"retry-after": "100"})

    service.script(answer)
    async with httpx.AsyncClient(transport=httpx.MockTransport(service)) as client:
        session = AsyncHtcSession(api_key=KEY, http_client=client)
        task = asyncio.create_task(session.send(call()))
        await asked.wait()
        await session.close()
        with pytest.raises(e.HtcClosedError):
            await task


def test_a_second_event_loop_is_refused(service: Service) -> None:
    service.script(reply())
    client = httpx.AsyncClient(transport=httpx.MockTransport(service))
    session = AsyncHtcSession(api_key=KEY, http_client=client)
    asyncio.run(session.send(call()))
    for use in (lambda: session.send(call()), session.close):
        with pytest.raises(e.HtcEventLoopError, match="event loop"):
            asyncio.run(use())


@pytest.mark.slow
async def test_many_tasks_fetch_one_token(service: Service) -> None:
    service.script(lambda request: reply(json=int(request.url.path.rpartition("/")[2])))
    async with (
        httpx.AsyncClient(transport=httpx.MockTransport(service)) as client,
        AsyncHtcSession(api_key=KEY, http_client=client) as session,
    ):
        answers = await asyncio.gather(*(session.send(call(target=f"/htc/things/{n}")) for n in range(200)))
    assert answers == list(range(200))
    assert service.tokens == 1


async def test_after_a_cancelled_renewal_the_next_task_renews(service: Service) -> None:
    entered, hold = asyncio.Event(), asyncio.Event()

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/auth/token") and not hold.is_set():
            entered.set()
            await hold.wait()
        return service(request)

    service.script(reply(json=1))
    async with (
        httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client,
        AsyncHtcSession(api_key=KEY, http_client=client) as session,
    ):
        first = asyncio.create_task(session.send(call()))
        await entered.wait()
        second = asyncio.create_task(session.send(call()))
        await asyncio.sleep(0)
        first.cancel()
        hold.set()
        assert await second == 1
        assert first.cancelled() or isinstance(first.exception(), asyncio.CancelledError)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_forked_child_uses_no_connection_of_its_parent() -> None:
    session = HtcSession(api_key=KEY)
    session._runtime._open()
    session._exchange.tokens._renewal._lock.acquire()  # as another thread would hold it at that moment
    context = multiprocessing.get_context("fork")
    queue = context.SimpleQueue()

    def child() -> None:
        queue.put((session._runtime._transport is None, session._exchange.tokens._renewal._lock.acquire(timeout=1)))

    process = context.Process(target=child)
    process.start()
    assert queue.get() == (True, True)
    process.join()
    assert session._runtime._transport is not None
    session.close()
