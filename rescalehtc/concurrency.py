"""Runs a function over any number of items with bounded concurrency, in threads.

::

    for outcome in for_each(job_ids, lambda id: api.get_htc_projects_tasks_jobs(session, project, task, id)):
        if outcome.error:
            print(outcome.item, outcome.error)
        else:
            print(outcome.result().status)

:func:`rescalehtc.aio.for_each` does the same in an event loop.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from ._utils.arguments import check_integer

__all__ = ["Outcome", "for_each"]

I = TypeVar("I")  # noqa: E741
T = TypeVar("T")

ITEMS_AHEAD = 4
"""How many outcomes per thread are kept to return them in order."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[I, T]):
    """The result of one item.

    Attributes:
        item: The item.
        value: What the function returned, None after an error.
        error: What it raised, None if it succeeded.
    """

    item: I
    value: T | None = None
    error: Exception | None = None

    def result(self) -> T:
        """The value, or the error raised."""
        if self.error is not None:
            raise self.error
        return cast("T", self.value)


def for_each(
    items: Iterable[I], function: Callable[[I], T], *, limit: int = 10, ordered: bool = True
) -> Iterator[Outcome[I, T]]:
    """Call ``function(item)`` for any number of items, in ``limit`` threads.

    An error is reported with its item and does not stop the rest. Leaving the loop early starts no more items; those
    already running are completed.

    Args:
        items: What to work on; read as needed.
        function: What to do with each; runs in threads.
        limit: How many to run at a time.
        ordered: Outcomes in the order of the items, which keeps up to ``4 * limit`` of them; otherwise as they
            complete.

    Yields:
        One outcome per item.

    Raises:
        ValueError: The limit is not positive.
    """
    check_integer("limit", limit, 1)

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
            while len(pending) < (limit * ITEMS_AHEAD if ordered else limit):
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
