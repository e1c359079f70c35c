"""Event loops, threads and forks that share a session, or must not."""

from __future__ import annotations

import asyncio
import faulthandler
import gc
import os
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from rescalehtc import AsyncHtcSession, HtcSession
from rescalehtc import exceptions as e
from tests.support.leftovers import nothing_left
from tests.support.raw_server import Server, answer
from tests.support.routes import call, listing
from tests.support.scripted import KEY, Service
from tests.support.tries import tries

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


class TestEventLoops:
    def test_a_second_loop_while_the_first_fetches_a_token(self, server: Server) -> None:
        """It is refused at once, instead of waiting for a future of another loop."""
        inside, leave = threading.Event(), threading.Event()
        session = AsyncHtcSession(api_key=KEY, base_url=server.url)
        real = session._exchange.tokens._fetch

        async def fetch() -> Any:
            inside.set()
            await asyncio.to_thread(leave.wait, 10)
            return await real()

        session._exchange.tokens._fetch = fetch

        async def use() -> None:
            async with session:
                await session.send(call())

        first = threading.Thread(target=lambda: asyncio.run(use()))
        first.start()
        assert inside.wait(10)

        async def second() -> None:
            async with asyncio.timeout(5):
                await session.send(call())

        with pytest.raises(e.HtcEventLoopError):
            asyncio.run(second())
        leave.set()
        first.join()

    @pytest.mark.parametrize(
        "use",
        [
            lambda session: session.send(call()),
            lambda session: session.collect(listing()),
            lambda session: session.reauthenticate_if_needed(),
            lambda session: session.do_authenticate(),
            lambda session: session.get_bearer_token(),
            lambda session: session.close(),
        ],
        ids=["send", "collect", "reauthenticate", "authenticate", "token", "close"],
    )
    def test_no_loop_of_asyncio(self, use: Callable[[AsyncHtcSession], Any], server: Server) -> None:
        """As under trio: the coroutine is driven by something else."""
        coroutine = use(AsyncHtcSession(api_key=KEY, base_url=server.url))
        with pytest.raises(e.HtcEventLoopError, match="asyncio") as caught:
            coroutine.send(None)
        assert not caught.value.maybe_received
        assert server.heads == []


class TestFailedTokens:
    def test_one_failure_is_shared_by_all_threads(self, service: Service) -> None:
        entered, leave = threading.Event(), threading.Event()
        fetches: list[None] = []

        def bad(request: httpx.Request) -> httpx.Response:
            fetches.append(None)
            entered.set()
            leave.wait(10)
            return httpx.Response(200, json={"tokenValue": None})

        service.token_answers = [bad] * 99
        errors: list[BaseException] = []

        def use() -> None:
            try:
                session.send(call())
            except e.HtcException as error:
                errors.append(error)

        client = httpx.Client(transport=httpx.MockTransport(service))
        with HtcSession(api_key=KEY, http_client=client) as session:
            renewal = session._exchange.tokens._renewal
            asked: list[None] = []
            real = renewal.run
            renewal.run = lambda function: (asked.append(None), real(function))[1]  # type: ignore[method-assign]
            threads = [threading.Thread(target=use) for _ in range(32)]
            threads[0].start()
            assert entered.wait(10)
            for thread in threads[1:]:
                thread.start()
            until = time.monotonic() + 10
            while len(asked) < 32 and time.monotonic() < until:
                time.sleep(0.001)
            time.sleep(0.2)
            leave.set()
            for thread in threads:
                thread.join()
        assert len(errors) == 32
        assert len(fetches) == 1

    async def test_one_failure_is_shared_by_all_tasks(self) -> None:
        fetches: list[None] = []

        async def bad(request: httpx.Request) -> httpx.Response:
            fetches.append(None)
            await asyncio.sleep(0.05)
            return httpx.Response(200, json={"tokenValue": None})

        client = httpx.AsyncClient(transport=httpx.MockTransport(bad))
        async with client, AsyncHtcSession(api_key=KEY, http_client=client) as session:
            outcomes = await asyncio.gather(*(session.send(call()) for _ in range(32)), return_exceptions=True)
        assert all(isinstance(each, e.HtcDecodeError) for each in outcomes)
        assert len(fetches) == 1


class TestClosing:
    @pytest.mark.parametrize("pool", [1, 8])
    def test_it_ends_the_calls_of_other_threads(self, server: Server, pool: int) -> None:
        """Both those under way and those that wait for a connection."""
        release = threading.Event()
        session = HtcSession(api_key=KEY, base_url=server.url, timeout=60, max_connections=pool, max_retries=0)
        session.reauthenticate_if_needed()
        server.handler = lambda *_: answer() if release.wait(60) else b""
        ended: list[BaseException] = []

        def use(method: str) -> None:
            try:
                session.send(call(method, body=b"{}" if method == "POST" else None))
            except BaseException as error:
                ended.append(error)

        threads = [threading.Thread(target=use, args=(method,)) for method in ("GET", "POST") * 2]
        for thread in threads:
            thread.start()
        until = time.monotonic() + 10
        while server.busy < min(pool, 4) and time.monotonic() < until:
            time.sleep(0.001)
        session.close()
        for thread in threads:
            thread.join(20)
        assert not any(thread.is_alive() for thread in threads)
        assert [type(error) for error in ended] == [e.HtcClosedError] * 4
        assert sum(getattr(error, "maybe_received", False) for error in ended) >= min(pool, 4)
        release.set()

    @tries("closings of a session")
    def test_at_random_moments(self, tries: int, server: Server) -> None:
        """Closing always ends all calls, whatever they are doing, and leaves nothing."""
        server.handler = lambda *_: answer(b"[" + b"1," * 2_000 + b"1]")
        with nothing_left():
            for number in range(tries):
                close_after(server, number % 7 * 0.002)


def close_after(server: Server, seconds: float) -> None:
    session = HtcSession(api_key=KEY, base_url=server.url, max_connections=2, timeout=60)
    problems: list[BaseException] = []

    def use() -> None:
        try:
            while True:
                session.send(call("POST", body=b"{}"))
        except e.HtcClosedError:
            pass
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    session.close()
    for thread in threads:
        thread.join(20)
    assert not any(thread.is_alive() for thread in threads)
    assert problems == []


def listed(server: Server) -> HtcSession:
    """A session of a listing whose second page takes its time."""

    def pages(head: bytes, body: bytes) -> bytes:
        if b"pageIndex=2" in head:
            time.sleep(20)
        page = f'{{"items": [{{"jobUUID": "a:0"}}], "next": "{server.url}/htc/projects?pageIndex=2"}}'
        return answer(page.encode())

    server.handler = pages
    return HtcSession(api_key=KEY, base_url=server.url, timeout=20)


class TestStreams:
    @pytest.mark.slow
    def test_a_stream_left_early_delays_nothing(self, server: Server) -> None:
        program = f"""
import rescalehtc
from rescalehtc import api, HtcSession
session = HtcSession(api_key={KEY!r}, base_url={server.url!r}, timeout=20)
from rescalehtc_generated.api.project import list_projects
for _ in session.stream(list_projects.call()):
    break
"""
        listed(server).close()
        ended = subprocess.run([sys.executable, "-c", program], timeout=15, check=False, env=_environment())
        assert ended.returncode == 0

    @pytest.mark.slow
    @needs_fork
    def test_a_stream_begun_before_a_fork_continues_in_the_child(self, server: Server) -> None:
        def pages(head: bytes, body: bytes) -> bytes:
            number = int(head.split(b"pageIndex=")[1].split(b" ")[0]) if b"pageIndex=" in head else 0
            url = f'"{server.url}/htc/projects?pageIndex={number + 1}"' if number < 3 else "null"
            return answer(f'{{"items": [{{"projectId": "{number}"}}], "next": {url}}}'.encode())

        server.handler = pages
        from rescalehtc_generated.api.project import list_projects

        with HtcSession(api_key=KEY, base_url=server.url, timeout=5) as session:
            stream = iter(session.stream(list_projects.call()))
            assert next(stream).project_id == "0"

            def rest() -> list[str]:
                return [project.project_id for project in stream]

            assert in_child(rest) == ["1", "2", "3"]
            assert rest() == ["1", "2", "3"]


@needs_fork
class TestForks:
    @pytest.mark.slow
    def test_a_child_calls_with_connections_of_its_own(self, server: Server) -> None:
        with HtcSession(api_key=KEY, base_url=server.url, timeout=5) as session:
            assert session.send(call()) == 1
            before = server.connections
            assert in_child(lambda: session.send(call())) == 1
            assert server.connections == before + 1
            assert session.send(call()) == 1
            assert server.connections == before + 1

    @pytest.mark.slow
    def test_while_another_thread_makes_the_first_call(self, server: Server) -> None:
        """The modules that it imports meanwhile would stay locked in the child forever."""
        program = f"""
import faulthandler, os, sys, threading, time
from rescalehtc import HtcSession
from tests.support.routes import call

session = HtcSession(api_key={KEY!r}, base_url={server.url!r}, timeout=5)
importing = threading.Event()

class Slow:
    def find_spec(self, name, path=None, target=None):
        if name in ("httpcore", "encodings.idna"):
            importing.set()
            time.sleep(0.3)

sys.meta_path.insert(0, Slow())
thread = threading.Thread(target=lambda: session.send(call()))
thread.start()
importing.wait()
child = os.fork()
if not child:
    faulthandler.dump_traceback_later(10, exit=True)
    session.send(call())
    os._exit(0)
thread.join()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
        ended = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program], timeout=30, capture_output=True, env=_environment()
        )
        assert ended.returncode == 0, ended.stderr.decode()

    @tries("forks during calls")
    def test_at_random_moments(self, tries: int, server: Server) -> None:
        """Other threads are calling meanwhile: the child answers, and collects garbage."""
        stop = threading.Event()
        server.handler = lambda *_: answer(b"[" + b"1," * 20_000 + b"1]")
        with nothing_left(), HtcSession(api_key=KEY, base_url=server.url, timeout=10, max_connections=3) as session:

            def use() -> None:
                while not stop.is_set():
                    session.send(call())

            threads = [threading.Thread(target=use) for _ in range(3)]
            for thread in threads:
                thread.start()
            try:
                for _ in range(tries):
                    assert in_child(lambda: (len(session.send(call())), gc.isenabled())) == (20_001, True)
            finally:
                stop.set()
                for thread in threads:
                    thread.join()


def in_child(function: Callable[[], Any]) -> Any:
    """What a function returns in a forked child that has 20 seconds."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            faulthandler.dump_traceback_later(20, exit=True, file=writing)
            os.write(writing, repr(function()).encode())
        except BaseException:
            os.write(writing, traceback.format_exc().encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        text = pipe.read().decode()
    os.waitpid(child, 0)
    try:
        return eval(text, {})
    except SyntaxError:
        return text


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
