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
from contextvars import Context, copy_context
from typing import TypeVar

from .._utils.arguments import check_integer
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

    An error is reported with its item and does not stop the rest. Leaving the loop early cancels what is running.

    Args:
        items: What to work on; read as needed.
        function: What to do with each.
        limit: How many to run at a time.
        ordered: Outcomes in the order of the items, which keeps up to ``4 * limit`` of them; otherwise as they
            complete.

    Yields:
        One outcome per item.

    Raises:
        ValueError: The limit is not positive.
    """
    check_integer("limit", limit, 1)
    source = _aiter(items)
    # In the order of the items: first those that are done or running, then those that wait.
    started: deque[asyncio.Task[Outcome[I, T]]] = deque()
    waiting: deque[tuple[I, Context]] = deque()
    done: asyncio.Queue[asyncio.Task[Outcome[I, T]]] = asyncio.Queue()
    most_open = limit * ITEMS_AHEAD if ordered else limit
    free, is_starting = limit, False

    async def work(item: I) -> Outcome[I, T]:
        nonlocal free
        try:
            return Outcome(item, await function(item))
        except Exception as error:
            return Outcome(item, error=error)
        finally:
            free += 1
            start()

    def start() -> None:
        nonlocal free, is_starting
        if is_starting:
            return  # an eager task ended within the loop below, which continues
        is_starting = True
        while waiting and free:
            item, context = waiting.popleft()
            free -= 1
            task = asyncio.create_task(work(item), context=context)
            started.append(task)
            if not ordered:
                task.add_done_callback(done.put_nowait)
        is_starting = False

    more = True
    try:
        while True:
            while more and len(started) + len(waiting) < most_open:
                try:
                    waiting.append((await anext(source), copy_context()))
                except StopAsyncIteration:
                    more = False
                start()
            if not started:
                return
            task = started[0] if ordered else await done.get()
            outcome = await task
            started.remove(task)
            yield outcome
    finally:
        waiting.clear()
        for task in started:
            task.cancel()
        await asyncio.gather(*started, return_exceptions=True)


async def _aiter(items: Iterable[I] | AsyncIterable[I]) -> AsyncIterator[I]:
    if isinstance(items, AsyncIterable):
        async for item in items:
            yield item
    else:
        for item in items:
            yield item
