"""How the high-level functions are written once and serve sync and async sessions alike.

A *plan* is a generator that yields the I/O it wants done and gets the answers back. :func:`run` carries a plan
out with a sync session, :func:`run_async` with an async one; nothing else differs between the two.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from rescalehtc_generated.client import AsyncSession, Call, Page, Session

T = TypeVar("T")


class Stop(Protocol):
    """What ends a wait from outside: a ``threading.Event``, or with an async session an ``asyncio.Event``."""

    def is_set(self) -> bool:
        """Whether the wait is to end."""
        ...


class Ask(NamedTuple):
    """Make one call; the answer is its decoded value."""

    call: Call[Any]


class Collect(NamedTuple):
    """Read a listing over all its pages; the answer is the list."""

    call: Call[Page[Any]]
    max_items: int | None


class Scan(NamedTuple):
    """Show the items of a listing to ``visit`` one by one until it returns True; the answer is None."""

    call: Call[Page[Any]]
    visit: Callable[[Any], bool]


class Pause(NamedTuple):
    """Let some seconds pass, fewer when ``stop`` is set meanwhile; the answer is None."""

    seconds: float
    stop: Stop | None


class Work(NamedTuple):
    """Call a function that takes its time; the answer is its value. An async session does it in a thread."""

    function: Callable[[], Any]


class Clock(NamedTuple):
    """The answer is a number of seconds that only ever grows."""


Step: TypeAlias = Ask | Collect | Scan | Pause | Work | Clock
Plan: TypeAlias = Generator[Step, Any, T]


def ask(call: Call[T]) -> Plan[T]:
    """Make one call."""
    return (yield Ask(call))


def collect(call: Call[Page[T]], max_items: int | None = None) -> Plan[list[T]]:
    """Read a listing over all its pages, or its first ``max_items``."""
    return (yield Collect(call, max_items))


def scan(call: Call[Page[T]], visit: Callable[[T], bool]) -> Plan[None]:
    """Show the items of a listing to ``visit`` one by one, page by page, until it returns True."""
    yield Scan(call, visit)


def pause(seconds: float, stop: Stop | None = None) -> Plan[None]:
    """Let some seconds pass, fewer when ``stop`` is set meanwhile."""
    yield Pause(seconds, stop)


def work(function: Callable[[], T]) -> Plan[T]:
    """Call a function that takes its time, without holding up an event loop."""
    return (yield Work(function))


def clock() -> Plan[float]:
    """A number of seconds that only ever grows."""
    return (yield Clock())


def run(session: Session, plan: Plan[T]) -> T:
    """Carry out a plan with a sync session.

    What goes wrong is thrown into the plan, an interruption by the user too: a plan must be able to note how far
    it came.
    """
    step = _Cursor(plan)
    while not step.done:
        try:
            answer = _perform(session, step.wanted)
        except BaseException as error:
            step.throw(error)
        else:
            step.send(answer)
    return step.result


async def run_async(session: AsyncSession, plan: Plan[T]) -> T:
    """Carry out a plan with an async session; see :func:`run`."""
    step = _Cursor(plan)
    while not step.done:
        try:
            answer = await _perform_async(session, step.wanted)
        except BaseException as error:
            step.throw(error)
        else:
            step.send(answer)
    return step.result


class _Cursor:
    """Where a plan stands: what it wants done next, or its result."""

    def __init__(self, plan: Plan[Any]) -> None:
        self._plan = plan
        self.done = False
        self.wanted: Any = None
        self.result: Any = None
        self.send(None)

    def send(self, answer: Any) -> None:
        try:
            self.wanted = self._plan.send(answer)
        except StopIteration as end:
            self.done, self.result = True, end.value

    def throw(self, error: BaseException) -> None:
        try:
            self.wanted = self._plan.throw(error)
        except StopIteration as end:
            self.done, self.result = True, end.value


def _perform(session: Session, step: Step) -> Any:
    match step:
        case Ask(call):
            return session.send(call)
        case Collect(call, max_items):
            return session.collect(call, max_items)
        case Scan(call, visit):
            for item in session.stream(call):
                if visit(item):
                    break
        case Pause(seconds, None):
            time.sleep(seconds)
        case Pause(seconds, stop):
            _wait(stop, seconds)
        case Work(function):
            return function()
        case Clock():
            return time.monotonic()
    return None


async def _perform_async(session: AsyncSession, step: Step) -> Any:
    match step:
        case Ask(call):
            return await session.send(call)
        case Collect(call, max_items):
            return await session.collect(call, max_items)
        case Scan(call, visit):
            async for item in session.stream(call):
                if visit(item):
                    break
        case Pause(seconds, asyncio.Event() as stop):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), seconds)
        case Pause(seconds, _):
            # An event of another kind cannot be awaited; it is looked at after the pause.
            await asyncio.sleep(seconds)
        case Work(function):
            return await asyncio.to_thread(function)
        case Clock():
            return time.monotonic()
    return None


def _wait(stop: Stop | None, seconds: float) -> None:
    wait = getattr(stop, "wait", None)
    if wait is None or isinstance(stop, asyncio.Event):
        time.sleep(seconds)
    else:
        wait(seconds)
