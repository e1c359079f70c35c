"""Pauses that an event ends, calls made ahead, and shared runs."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import threading
import weakref
from typing import Any

import pytest

from rescalehtc._utils import scheduling
from rescalehtc._utils.aio import scheduling as async_scheduling
from tests.support.interrupts import interrupted_at


def test_a_set_event_ends_a_sync_pause() -> None:
    stop = threading.Event()
    timer = threading.Timer(0.01, stop.set)
    timer.start()
    scheduling.pause(3600, stop)
    timer.join()
    assert stop.is_set()


async def test_a_set_event_ends_an_async_pause() -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().call_soon(stop.set)
    await async_scheduling.pause(3600, stop)
    assert stop.is_set()


async def test_an_async_pause_ends_by_itself() -> None:
    await async_scheduling.pause(0.001, asyncio.Event())
    await async_scheduling.pause(0.001, threading.Event())


def test_one_failure_is_shared_by_all_waiting_threads() -> None:
    flight, runs = scheduling.SingleFlight(), []
    everybody, failures = threading.Barrier(9), []

    def fail() -> None:
        runs.append(1)
        release.wait(10)
        raise ValueError("no")

    def ask() -> None:
        everybody.wait()
        try:
            flight.run(fail)
        except ValueError as error:
            failures.append(error)

    release = threading.Event()
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    everybody.wait()
    threading.Timer(0.2, release.set).start()
    for thread in threads:
        thread.join()
    assert (len(runs), len(failures)) == (1, 8)


async def test_one_failure_is_shared_by_all_waiting_tasks() -> None:
    flight, runs = async_scheduling.AsyncSingleFlight(), []

    async def fail() -> None:
        runs.append(1)
        await asyncio.sleep(0.01)
        raise ValueError("no")

    failures = await asyncio.gather(*(flight.run(fail) for _ in range(8)), return_exceptions=True)
    assert len(runs) == 1
    assert [type(error) for error in failures] == [ValueError] * 8


async def test_another_task_takes_over_from_a_cancelled_one() -> None:
    flight, runs = async_scheduling.AsyncSingleFlight(), []

    async def slow() -> None:
        runs.append(1)
        await asyncio.sleep(0.05)

    first, second = (asyncio.create_task(flight.run(slow)) for _ in range(2))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    first.cancel()
    await second
    assert len(runs) == 2
    with pytest.raises(asyncio.CancelledError):
        await first


def test_another_thread_takes_over_from_an_interrupted_one() -> None:
    flight, runs = scheduling.SingleFlight(), []
    running = threading.Event()

    def interrupted() -> None:
        runs.append("interrupted")
        running.set()
        threading.Event().wait(0.1)
        raise KeyboardInterrupt

    def lead() -> None:
        with pytest.raises(KeyboardInterrupt):
            flight.run(interrupted)

    thread = threading.Thread(target=lead)
    thread.start()
    running.wait(10)
    flight.run(lambda: runs.append("second"))
    thread.join()
    assert runs == ["interrupted", "second"]


def test_an_interrupt_at_any_step_leaves_no_run_behind() -> None:
    flight, runs, interrupts = scheduling.SingleFlight(), list[int](), []
    for step in range(1, 1_000):
        struck, error = interrupted_at(
            step, scheduling.__file__, lambda: flight.run(lambda: runs.append(1)), like_signals=True
        )
        if not struck:
            break
        interrupts.append(error)
        flight.run(lambda: runs.append(0))
        thread = threading.Thread(target=flight.run, args=(lambda: runs.append(0),), daemon=True)
        thread.start()
        thread.join(10)
        assert not thread.is_alive(), f"waits after an interrupt at step {step}"
        assert runs[-2:] == [0, 0]
    assert len(interrupts) > 5


def test_no_cycle_keeps_what_an_interrupted_run_held() -> None:
    held: list[weakref.ref[Any]] = []

    def hold() -> None:
        resource = threading.Event()
        held.append(weakref.ref(resource))
        raise KeyboardInterrupt

    gc.disable()
    try:
        with contextlib.suppress(KeyboardInterrupt):
            scheduling.SingleFlight().run(hold)
        assert held[0]() is None
    finally:
        gc.enable()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_a_call_made_ahead_before_a_fork_is_made_again_in_the_child() -> None:
    release = threading.Event()
    with scheduling.ReadAhead[Any]() as ahead:
        ahead.start(lambda: release.wait(0.5))
        child = os.fork()
        if child == 0:
            release.set()
            os._exit(0 if ahead.result() is True else 1)
        _, status = os.waitpid(child, 0)
        release.set()
        ahead.result()
    assert os.waitstatus_to_exitcode(status) == 0
