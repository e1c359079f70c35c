"""Running a function over many items at once."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextvars import ContextVar
from typing import Any

import pytest

from rescalehtc import concurrency
from rescalehtc.aio import Outcome, for_each


class Gauge:
    """How many are inside at the same time."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self.now -= 1


async def fail_on_seven(number: int) -> int:
    await asyncio.sleep(0)
    if number % 10 == 7:
        raise ValueError(number)
    return number * 2


@pytest.mark.slow
@pytest.mark.parametrize("ordered", [True, False])
async def test_ten_thousand(ordered: bool) -> None:
    gauge = Gauge()

    async def work(number: int) -> int:
        with gauge:
            return await fail_on_seven(number)

    outcomes = [outcome async for outcome in for_each(range(10_000), work, limit=20, ordered=ordered)]
    if ordered:
        assert [outcome.item for outcome in outcomes] == list(range(10_000))
    assert sorted(outcome.item for outcome in outcomes) == list(range(10_000))
    assert sum(outcome.error is not None for outcome in outcomes) == 1000
    assert all(outcome.result() == outcome.item * 2 for outcome in outcomes if outcome.error is None)
    assert gauge.most == 20


async def test_an_error_is_reported_with_its_item() -> None:
    [outcome] = [outcome async for outcome in for_each([7], fail_on_seven)]
    assert outcome.item == 7
    with pytest.raises(ValueError, match="7"):
        outcome.result()
    assert Outcome(1, None).result() is None


async def test_in_order_of_completion() -> None:
    gates = [asyncio.Event() for _ in range(3)]

    async def work(number: int) -> int:
        await gates[number].wait()
        return number

    gates[2].set()
    seen: list[int] = []
    async for outcome in for_each(range(3), work, limit=3, ordered=False):
        seen.append(outcome.item)
        if len(seen) < 3:
            gates[2 - len(seen)].set()
    assert seen == [2, 1, 0]


async def test_items_are_taken_as_needed() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1_000_000):
            taken.append(number)
            yield number

    for ordered, most in ((True, 20), (False, 5)):
        taken.clear()
        outcomes = for_each(items(), fail_on_seven, limit=5, ordered=ordered)
        assert (await anext(outcomes)).item in range(5)
        assert len(taken) <= most
        await outcomes.aclose()  # type: ignore[attr-defined]


async def test_async_items() -> None:
    async def items() -> AsyncIterator[int]:
        for number in range(3):
            yield number

    assert [o.value async for o in for_each(items(), fail_on_seven)] == [0, 2, 4]


async def test_each_item_has_a_context_of_its_own() -> None:
    variable: ContextVar[int] = ContextVar("variable", default=-1)

    async def work(number: int) -> int:
        before = variable.get()
        variable.set(number)
        await asyncio.sleep(0)
        return before

    assert {o.value async for o in for_each(range(20), work, limit=3)} == {-1}


@pytest.mark.parametrize("ordered", [True, False])
async def test_while_you_are_busy_the_next_items_are_started(ordered: bool) -> None:
    started: list[int] = []

    async def work(number: int) -> int:
        started.append(number)
        await asyncio.sleep(0)
        return number

    outcomes = for_each(range(100), work, limit=2, ordered=ordered)
    assert (await anext(outcomes)).item == 0
    for _ in range(20):
        await asyncio.sleep(0)
    assert len(started) == (8 if ordered else 2)
    await outcomes.aclose()  # type: ignore[attr-defined]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="has no eager tasks")
@pytest.mark.parametrize("ordered", [True, False])
async def test_eager_tasks_keep_the_order(ordered: bool) -> None:
    factory: Any = vars(asyncio).get("eager_task_factory")
    asyncio.get_running_loop().set_task_factory(factory)

    async def work(number: int) -> int:
        if number % 3 == 0:
            await asyncio.sleep(0)
        return number

    items = [o.item async for o in for_each(range(1000), work, limit=7, ordered=ordered)]
    assert (items if ordered else sorted(items)) == list(range(1000))


async def test_leaving_early_cancels_what_is_under_way() -> None:
    before = asyncio.all_tasks()
    cancelled: list[int] = []

    async def work(number: int) -> int:
        if number:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                cancelled.append(number)
                raise
        return number

    outcomes = for_each(range(100), work, limit=4)
    assert (await anext(outcomes)).item == 0
    await asyncio.sleep(0)
    await outcomes.aclose()  # type: ignore[attr-defined]
    assert asyncio.all_tasks() == before
    assert set(cancelled) <= set(range(1, 6))
    assert cancelled


async def test_an_error_of_the_source_is_raised() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise KeyError("source")

    before = asyncio.all_tasks()
    with pytest.raises(KeyError):
        [outcome async for outcome in for_each(items(), fail_on_seven)]
    assert asyncio.all_tasks() == before


@pytest.mark.parametrize("limit", [0, -1])
async def test_invalid_limits(limit: int) -> None:
    with pytest.raises(ValueError, match="limit"):
        [outcome async for outcome in for_each([], fail_on_seven, limit=limit)]
    with pytest.raises(ValueError, match="limit"):
        list(concurrency.for_each([], str, limit=limit))


@pytest.mark.slow
@pytest.mark.parametrize("ordered", [True, False])
def test_in_threads(ordered: bool) -> None:
    gauge = Gauge()

    def work(number: int) -> int:
        with gauge:
            if number % 10 == 7:
                raise ValueError(number)
            return number * 2

    outcomes = list(concurrency.for_each(range(500), work, limit=8, ordered=ordered))
    items = [outcome.item for outcome in outcomes]
    assert (items if ordered else sorted(items)) == list(range(500))
    assert sum(outcome.error is not None for outcome in outcomes) == 50
    assert gauge.most <= 8


def test_leaving_threads_early() -> None:
    done: list[int] = []
    for outcome in concurrency.for_each(range(1_000_000), done.append, limit=2):
        assert outcome.item == 0
        break
    assert len(done) <= 10
