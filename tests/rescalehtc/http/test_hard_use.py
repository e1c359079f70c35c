"""Closing, cancelling and interrupting at any moment: no batch is submitted twice, and no session hangs."""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import rescalehtc
from rescalehtc import AsyncHtcSession, HtcSession, JobDefinition, aio, submit
from rescalehtc import exceptions as e
from tests.support.interrupts import interrupted_at
from tests.support.leftovers import nothing_left
from tests.support.loop_server import LoopServer
from tests.support.memory_service import HttpService, MemoryService
from tests.support.raw_server import Server, answer
from tests.support.routes import call, listing
from tests.support.scripted import KEY
from tests.support.tries import tries

JOB = JobDefinition(image_name="solver:v1", commands=["true"], max_vcpus=1, max_memory_mib=64)


TASK = SimpleNamespace(project_id="p", task_id="t")


@pytest.fixture
def batches() -> Iterator[HttpService]:
    with HttpService(MemoryService()) as running:
        yield running
        running.shutdown()


def at_the_batch(server: HttpService, action: Callable[[], Any]) -> None:
    """Do something after a batch has arrived, and before it is carried out."""

    def before(method: str, path: str) -> None:
        if path.endswith("jobs/batch"):
            action()

    server.service.before = before


def after(seconds: float, function: Callable[[], Any]) -> threading.Timer:
    timer = threading.Timer(seconds, function)
    timer.start()
    return timer


class TestClosingDuringACall:
    """A POST that was under way may have been carried out, no matter what ended it on this side."""

    @pytest.mark.slow
    def test_a_batch_is_not_submitted_twice(self, batches: HttpService, tmp_path: Path) -> None:
        options: dict[str, Any] = {"journal": tmp_path / "j", "image_deadline_seconds": None, "preflight": False}
        with HtcSession(api_key=KEY, base_url=batches.url) as session:
            at_the_batch(batches, session.close)
            with pytest.raises(e.HtcSubmissionError) as caught:
                submit(session, TASK, JOB, **options)
        assert [part.state for part in caught.value.submission.parts] == ["unknown"]
        with HtcSession(api_key=KEY, base_url=batches.url) as session:
            submit(session, TASK, JOB, **options)
        assert (len(batches.service.jobs), batches.service.posts) == (1, 1)

    @pytest.mark.slow
    async def test_a_batch_is_not_submitted_twice_async(self, batches: HttpService, tmp_path: Path) -> None:
        options: dict[str, Any] = {"journal": tmp_path / "j", "image_deadline_seconds": None, "preflight": False}
        loop = asyncio.get_running_loop()
        async with AsyncHtcSession(api_key=KEY, base_url=batches.url) as session:
            at_the_batch(batches, lambda: asyncio.run_coroutine_threadsafe(session.close(), loop).result(10))
            with pytest.raises(e.HtcSubmissionError) as caught:
                await aio.submit(session, TASK, JOB, **options)
        assert [part.state for part in caught.value.submission.parts] == ["unknown"]
        async with AsyncHtcSession(api_key=KEY, base_url=batches.url) as session:
            await aio.submit(session, TASK, JOB, **options)
        assert (len(batches.service.jobs), batches.service.posts) == (1, 1)

    def test_the_error_says_that_it_may_have_been_carried_out(self, server: Server) -> None:
        release = threading.Event()

        def wait(*_: bytes) -> bytes:
            release.wait(10)
            return answer()

        session = HtcSession(api_key=KEY, base_url=server.url)
        session.reauthenticate_if_needed()
        server.handler = wait
        timer = after(0.2, session.close)
        started = time.monotonic()
        with pytest.raises(e.HtcClosedError, match="may have carried it out") as caught:
            session.send(call("POST", body=b"{}"))
        assert caught.value.maybe_received
        assert time.monotonic() - started < 5, "closing did not end the call"
        release.set()
        timer.join()
        with pytest.raises(e.HtcClosedError) as caught:
            session.send(call("POST", body=b"{}"))
        assert not caught.value.maybe_received


async def cancel_at_random(session: AsyncHtcSession, chance: random.Random) -> None:
    """Cancel a call, a refresh of the token or a listing at a random step of the event loop, sometimes twice."""

    async def leave_early() -> None:
        async for _ in session.stream(listing()):
            break

    begin = chance.choice(
        [
            lambda: session.send(call()),
            lambda: session.send(call("POST", body=b"{}")),
            session.do_authenticate,
            leave_early,
        ]
    )
    task = asyncio.ensure_future(begin())
    for _ in range(chance.choice([1, 1, 2])):
        for _ in range(chance.randrange(14)):
            await asyncio.sleep(0)
        task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def cancelled_at_random(tries: int, connections: int) -> None:
    """After each cancellation a call is answered; at the end no connection, task, thread or descriptor is left."""
    chance = random.Random(7)
    page = b'{"items": [1, 2], "next": "/api/htc/things?pageIndex=2"}'
    whole = answer(page)
    async with LoopServer([whole[:20], whole[20:-3], whole[-3:]]).running() as server:
        with nothing_left():
            async with AsyncHtcSession(api_key=KEY, base_url=server.url, max_connections=connections) as session:
                for _ in range(tries):
                    await cancel_at_random(session, chance)
                    async with asyncio.timeout(10):
                        assert len(await session.send(call())) == 2
                    await server.until_open(connections)
            await server.until_open(0)
    assert len(asyncio.all_tasks()) == 1


class TestCancelling:
    @pytest.mark.parametrize("connections", [1, 3])
    @tries("cancellations of a call")
    async def test_the_next_call_is_answered_and_nothing_is_left(self, tries: int, connections: int) -> None:
        await cancelled_at_random(tries // 2, connections)

    @pytest.mark.slow
    async def test_leaving_for_each_early(self, server: Server) -> None:
        async with AsyncHtcSession(api_key=KEY, base_url=server.url, max_connections=4) as session:
            for _ in range(4):
                async with asyncio.timeout(10):
                    outcomes = aio.for_each(range(50), lambda _: session.send(call()), limit=8)
                    async for _ in outcomes:
                        break
                    await outcomes.aclose()  # type: ignore[attr-defined]
                    assert await session.send(call()) == 1


@tries("calls on stale connections")
async def test_a_connection_that_is_closed_meanwhile(tries: int) -> None:
    """The server hangs up at the moment of the next call: a POST is answered, or in doubt, and never sent twice."""
    chance = random.Random(5)
    doubtful = 0
    async with (
        LoopServer([answer()]).running() as server,
        AsyncHtcSession(api_key=KEY, base_url=server.url, max_connections=1) as session,
    ):
        for _ in range(tries):
            server.close_after = chance.randrange(12)
            await session.send(call())
            for _ in range(chance.randrange(12)):
                await asyncio.sleep(0)
            server.received.clear()
            try:
                assert await session.send(call("POST", body=b"{}")) == 1
            except e.HtcConnectionError as error:
                doubtful += error.maybe_received
            assert len(server.received) <= 1
    assert doubtful < tries


@tries("spoiled answers")
async def test_a_response_corrupted_at_random(tries: int) -> None:
    """It ends in a value or an ``HtcException``, and the next call has its own response."""
    chance = random.Random(9)
    whole = answer(b'{"items": [{"a": 1}], "next": null}', content_type="application/json", retry_after="0")
    async with (
        LoopServer([answer(b"7")]).running() as server,
        AsyncHtcSession(api_key=KEY, base_url=server.url, max_connections=1, timeout=5) as session,
    ):
        for _ in range(tries):
            spoiled = bytearray(whole)
            for _ in range(chance.randrange(1, 4)):
                at = chance.randrange(len(spoiled))
                new = bytes(
                    chance.choice([chance.randrange(256), *b"0123456789\r\n:"]) for _ in range(chance.randrange(3))
                )
                spoiled[at : at + chance.choice([0, 1, 1, 20])] = new
            server.once = bytes(spoiled)
            server.received.clear()
            method = chance.choice(["GET", "POST", "DELETE"])
            with contextlib.suppress(e.HtcException):
                await session.send(call(method, body=b"{}" if method == "POST" else None))
            assert server.received.count("POST") <= 1 or b"HTTP/1.1 200" not in spoiled
            server.once = None
            assert await session.send(call()) == 7, bytes(spoiled)


class Interrupted(BaseException):
    """What the signal handler raises, as Ctrl-C does."""


# An interrupt inside the connect of the standard library loses a socket that nobody else knows.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs interval timers")
@tries("interrupts of a call")
def test_interrupts_leave_a_session_that_answers(tries: int, server: Server) -> None:
    def interrupt(*_: object) -> None:
        raise Interrupted

    chance = random.Random(11)
    before = signal.signal(signal.SIGALRM, interrupt)
    server.handler = lambda *_: answer(b"[" + b"1," * 3_000 + b"1]")
    try:
        with nothing_left(), HtcSession(api_key=KEY, base_url=server.url, max_connections=1, timeout=5) as session:
            for _ in range(tries):
                try:
                    signal.setitimer(signal.ITIMER_REAL, chance.random() * 0.002 + 1e-6)
                    session.do_authenticate()
                    for _ in range(5):
                        session.send(call())
                    signal.setitimer(signal.ITIMER_REAL, 0)
                except Interrupted as error:
                    last = error  # noqa: F841  # as a notebook does, which keeps all that its frames hold
                assert len(session.send(call())) == 3_001
    finally:
        signal.signal(signal.SIGALRM, before)


@pytest.mark.slow
@pytest.mark.parametrize("every", [11, pytest.param(1, marks=pytest.mark.slow)])
def test_an_interrupt_at_any_step_leaves_a_session_that_answers(every: int, server: Server) -> None:
    package = str(Path(rescalehtc.__file__).parent)
    with nothing_left(), HtcSession(api_key=KEY, base_url=server.url, max_connections=1, timeout=5) as session:

        def use() -> None:
            session.do_authenticate()
            session.send(call())

        assert session.send(call()) == 1
        step = 1
        # The last interrupt is kept, as a notebook does, and with it all that its frames hold.
        while (found := interrupted_at(step, package, use, like_signals=True))[0]:
            assert session.send(call()) == 1, f"after an interrupt at step {step}"
            step += every
        assert found[1] is None
        assert step > 100


def call_on(session: HtcSession) -> None:
    end = time.monotonic() + 60  # Python drops what a signal handler raises inside a callback of its own
    while time.monotonic() < end:
        session.send(call())


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs interval timers")
def test_a_signal_handler_may_use_the_session_and_close_it(server: Server) -> None:
    """Whatever the program is doing with the session, and whatever lock it holds."""
    before = signal.getsignal(signal.SIGALRM)
    results: list[int] = []
    try:
        for number in range(20):
            with HtcSession(api_key=KEY, base_url=server.url, max_connections=2, timeout=5) as session:

                def handle(*_: object, session: HtcSession = session) -> None:
                    results.append(session.send(call()))
                    session.close()

                signal.signal(signal.SIGALRM, handle)
                signal.setitimer(signal.ITIMER_REAL, 1e-5 + number * 1e-4)
                with pytest.raises(e.HtcClosedError):
                    call_on(session)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert results == [1] * 20


class TestUnrequestedBytes:
    @pytest.mark.slow
    @pytest.mark.parametrize("kind", ["sync", "async"])
    @pytest.mark.parametrize(
        "first", [answer(b"1") + answer(b"2"), answer(b"1") + b"\r\n\r\nnoise", answer(b"", "204 No Content") + b"body"]
    )
    def test_they_reach_no_other_call(self, server: Server, kind: str, first: bytes) -> None:
        answers = [first, answer(b"3")]
        server.handler = lambda *_: answers.pop(0)

        async def run() -> Any:
            async with AsyncHtcSession(api_key=KEY, base_url=server.url) as session:
                await session.send(call("DELETE", decode=None))
                return await session.send(call("POST", body=b"{}"))

        def run_sync() -> Any:
            with HtcSession(api_key=KEY, base_url=server.url) as session:
                session.send(call("DELETE", decode=None))
                return session.send(call("POST", body=b"{}"))

        assert (run_sync() if kind == "sync" else asyncio.run(run())) == 3
