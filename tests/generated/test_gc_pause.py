"""The collector runs again after every decoding, whatever happens in between, and wherever it happens."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rescalehtc_generated.client import object_decoder
from rescalehtc_generated.gc_pause import without_collections
from rescalehtc_generated.json_codec import decode_json
from rescalehtc_generated.models import HTCProject
from tests.support.interrupts import interrupted_at
from tests.support.tries import tries

PACKAGE = os.path.dirname(sys.modules["rescalehtc_generated"].__file__ or "")  # noqa: PTH120
BODY = json.dumps([{"projectName": "wings", "projectDescription": "x" * 16_000}]).encode()


def decode(content: bytes = BODY, read: Callable[[Any], Any] = HTCProject.from_dict) -> list[Any]:
    return without_collections(lambda body: [read(each) for each in decode_json(body)])(content)


def is_collecting() -> bool:
    return gc.isenabled() and 0 < gc.get_threshold()[0] < 1_000_000


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    thresholds, callbacks = gc.get_threshold(), gc.callbacks[:]
    # Hypothesis leaves one there, in which Python drops the exception that a signal raises.
    gc.callbacks.clear()
    yield
    gc.callbacks.extend(callbacks)
    gc.set_threshold(*thresholds)
    gc.enable()


def test_it_is_paused_while_a_large_body_is_read() -> None:
    seen = decode(read=lambda _: is_collecting())
    assert seen == [False]
    assert is_collecting()


@pytest.mark.slow
def test_an_interrupt_at_any_step_leaves_it_on() -> None:
    decode()  # compiles the reader, which takes thousands of steps
    interrupts = []
    for step in range(1, 5_000):
        struck, error = interrupted_at(step, PACKAGE, decode)
        if not struck:
            break
        interrupts.append(error)  # keeping the traceback keeps its frames and their variables
        assert is_collecting(), f"off after an interrupt at step {step}"
    assert sum(error is not None for error in interrupts) > 50


class Interrupted(BaseException):
    """What the signal handler raises, as Ctrl-C does."""


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs interval timers")
@tries("interrupts of a decoding")
def test_interrupts_at_random_moments_leave_it_on(tries: int) -> None:
    def interrupt(*_: object) -> None:
        raise Interrupted

    chance = random.Random(3)
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        for _ in range(tries):
            with contextlib.suppress(Interrupted):
                signal.setitimer(signal.ITIMER_REAL, 1e-6 + chance.random() * 1e-4)
                # No endless loop: Python drops what a signal raises inside a finalizer.
                for _ in range(500):
                    decode()
            assert is_collecting()
    finally:
        signal.signal(signal.SIGALRM, before)


def test_an_error_leaves_it_on() -> None:
    with pytest.raises(ValueError, match="not JSON"):
        decode(BODY[:-1])
    assert is_collecting()


def test_what_the_application_switches_off_stays_off() -> None:
    decode(read=lambda _: gc.disable())
    assert not gc.isenabled()
    gc.enable()
    assert is_collecting()


def test_a_threshold_that_the_application_sets_meanwhile_stays() -> None:
    decode(read=lambda _: gc.set_threshold(123))
    assert gc.get_threshold()[0] == 123


def test_it_is_left_alone_where_the_application_has_switched_it_off() -> None:
    gc.disable()
    decode()
    assert not gc.isenabled()
    gc.set_threshold(0)
    gc.enable()
    decode()
    assert gc.get_threshold()[0] == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
@tries("forks during a decoding")
def test_it_is_on_in_a_child_forked_while_another_thread_decodes(tries: int) -> None:
    is_reading, stop = threading.Event(), threading.Event()

    def read(value: Any) -> Any:
        is_reading.set()
        time.sleep(0)  # the other thread's turn, to fork in the middle
        return value

    def decode_on() -> None:
        while not stop.is_set():
            decode(read=read)

    thread = threading.Thread(target=decode_on)
    thread.start()
    try:
        for _ in range(tries):
            is_reading.clear()
            assert is_reading.wait(10)
            child = os.fork()
            if child == 0:
                os._exit(0 if is_collecting() else 1)
            _, status = os.waitpid(child, 0)
            assert os.waitstatus_to_exitcode(status) == 0
    finally:
        stop.set()
        thread.join()
    assert is_collecting()


def test_threads_that_decode_at_the_same_time_leave_it_on() -> None:
    decoder = object_decoder(HTCProject)
    body = json.dumps({"projectName": "wings", "projectDescription": "x" * 16_000}).encode()
    threads = [threading.Thread(target=lambda: [decoder(body) for _ in range(50)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert is_collecting()
