"""Does the same for many things, some of them at a time, without losing the errors.

::

    async for outcome in for_each(job_ids, lambda id: aio.get_htc_projects_tasks_jobs(session, project, task, id)):
        if outcome.error:
            print(outcome.item, outcome.error)
        else:
            print(outcome.result().status)

Items are taken one by one as they are needed, so there may be any number of them.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

__all__ = ["Outcome", "for_each", "for_each_in_threads"]

I = TypeVar("I")  # noqa: E741
T = TypeVar("T")

_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Outcome(Generic[I, T]):
    """What became of one item.

    Attributes:
        item: The item.
        value: What the function answered, None after an error.
        error: What it raised, None where all went well.
    """

    item: I
    value: T | None = None
    error: Exception | None = None

    def result(self) -> T:
        """The value, or the error raised."""
        if self.error is not None:
            raise self.error
        return cast("T", self.value)


async def for_each(
    items: Iterable[I] | AsyncIterable[I],
    function: Callable[[I], Awaitable[T]],
    *,
    limit: int = 50,
    ordered: bool = True,
) -> AsyncIterator[Outcome[I, T]]:
    """Await ``function(item)`` for all items, ``limit`` at a time.

    Leaving the loop early cancels what is under way. An error of one item does not touch the others.

    Args:
        items: What to work on; taken as needed.
        function: What to do with each.
        limit: How many at the same time.
        ordered: Outcomes in the order of the items, for which up to ``4 * limit`` of them are kept; else as they
            come.

    Yields:
        One outcome per item.

    Raises:
        ValueError: The limit is not positive.
    """
    _check(limit)
    source = _aiter(items)
    slots = asyncio.Semaphore(limit)
    started: deque[asyncio.Task[Outcome[I, T]]] = deque()
    done: asyncio.Queue[asyncio.Task[Outcome[I, T]]] = asyncio.Queue()
    running: set[asyncio.Task[Outcome[I, T]]] = set()

    async def work(item: I) -> Outcome[I, T]:
        async with slots:
            try:
                return Outcome(item, await function(item))
            except Exception as error:
                return Outcome(item, error=error)

    def finish(task: asyncio.Task[Outcome[I, T]]) -> None:
        running.discard(task)
        if not ordered:
            done.put_nowait(task)

    more, open_ = True, 0
    try:
        while True:
            while more and open_ < (limit * _AHEAD if ordered else limit):
                try:
                    item = await anext(source)
                except StopAsyncIteration:
                    more = False
                    break
                task = asyncio.create_task(work(item))
                running.add(task)
                task.add_done_callback(finish)
                open_ += 1
                if ordered:
                    started.append(task)
            if open_ == 0:
                return
            task = started.popleft() if ordered else await done.get()
            outcome = await task
            open_ -= 1
            yield outcome
    finally:
        left = list(running)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


def for_each_in_threads(
    items: Iterable[I], function: Callable[[I], T], *, limit: int = 10, ordered: bool = True
) -> Iterator[Outcome[I, T]]:
    """Call ``function(item)`` for all items, in ``limit`` threads.

    Leaving the loop early starts no more of them; those under way run to their end.

    Args:
        items: What to work on; taken as needed.
        function: What to do with each; runs in threads.
        limit: How many at the same time.
        ordered: Outcomes in the order of the items, for which up to ``4 * limit`` of them are kept; else as they
            come.

    Yields:
        One outcome per item.

    Raises:
        ValueError: The limit is not positive.
    """
    _check(limit)

    def work(item: I) -> Outcome[I, T]:
        try:
            return Outcome(item, function(item))
        except Exception as error:
            return Outcome(item, error=error)

    source = iter(items)
    pending: deque[Future[Outcome[I, T]]] = deque()
    threads = ThreadPoolExecutor(limit, thread_name_prefix="rescalehtc")
    try:
        while True:
            while len(pending) < (limit * _AHEAD if ordered else limit):
                try:
                    item = next(source)
                except StopIteration:
                    break
                pending.append(threads.submit(work, item))
            if not pending:
                return
            if ordered:
                yield pending.popleft().result()
            else:
                finished, rest = wait(pending, return_when=FIRST_COMPLETED)
                pending = deque(rest)
                for future in finished:
                    yield future.result()
    finally:
        threads.shutdown(wait=True, cancel_futures=True)


def _check(limit: int) -> None:
    if limit < 1:
        raise ValueError(f"limit must be 1 or more, not {limit!r}.")


async def _aiter(items: Iterable[I] | AsyncIterable[I]) -> AsyncIterator[I]:
    if isinstance(items, AsyncIterable):
        async for item in items:
            yield item
    else:
        for item in items:
            yield item
