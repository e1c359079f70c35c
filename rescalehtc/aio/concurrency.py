# The sync twin of this module is written by hand: it uses threads.
"""Runs a function over any number of items with bounded concurrency, in an event loop.

::

    async for outcome in for_each(job_ids, lambda id: aio.get_htc_projects_tasks_jobs(session, project, task, id)):
        if outcome.error:
            print(outcome.item, outcome.error)
        else:
            print(outcome.result().status)
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable
from typing import TypeVar

from .._utils.arguments import check_whole
from ..concurrency import ITEMS_AHEAD, Outcome

__all__ = ["Outcome", "for_each"]

I = TypeVar("I")  # noqa: E741
T = TypeVar("T")


async def for_each(
    items: Iterable[I] | AsyncIterable[I],
    function: Callable[[I], Awaitable[T]],
    *,
    limit: int = 50,
    ordered: bool = True,
) -> AsyncIterator[Outcome[I, T]]:
    """Await ``function(item)`` for any number of items, at most ``limit`` at a time.

    An error is reported with its item and does not stop the rest. Leaving the loop early cancels what is under way.

    Args:
        items: What to work on; read as needed.
        function: What to do with each.
        limit: How many at a time.
        ordered: Outcomes in the order of the items, which keeps up to ``4 * limit`` of them; otherwise as they
            complete.

    Yields:
        One outcome per item.

    Raises:
        ValueError: The limit is not positive.
    """
    check_whole("limit", limit, 1)
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
            while more and open_ < (limit * ITEMS_AHEAD if ordered else limit):
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


async def _aiter(items: Iterable[I] | AsyncIterable[I]) -> AsyncIterator[I]:
    if isinstance(items, AsyncIterable):
        async for item in items:
            yield item
    else:
        for item in items:
            yield item
