"""Async calls that wait for one of the session's connections."""

from __future__ import annotations

import asyncio

from rescalehtc._http.messages import Failure, FailureKind, Request, Response, Timeouts, read_headers
from rescalehtc._http.settings import Settings
from rescalehtc._http.transports.aio import slots


class Slots(slots.Slots):
    """Sends nothing; a call lasts until its gate opens."""

    def __init__(self, limit: int) -> None:
        super().__init__(Settings.read(base_url="http://127.0.0.1:9", max_connections=limit))
        self.gates: dict[str, asyncio.Event] = {}
        self.under_way: list[str] = []

    async def _send(self, request: Request) -> Response | Failure:
        gate = self.gates[request.url] = asyncio.Event()
        self.under_way.append(request.url)
        try:
            await gate.wait()
        finally:
            self.under_way.remove(request.url)
        return Response(200, {}, b"")

    def start(self, *names: str, timeout: float | None = None) -> list[asyncio.Task[Response | Failure]]:
        timeouts = Timeouts(timeout, None)
        return [asyncio.create_task(self.send(Request("GET", name, {}, None, timeouts))) for name in names]


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_calls_get_connections_in_order() -> None:
    slots = Slots(2)
    tasks = slots.start(*"abcd")
    await settle()
    assert slots.under_way == ["a", "b"]
    slots.gates["b"].set()
    await settle()
    late = slots.start("e")
    await settle()
    assert slots.under_way == ["a", "c"]
    slots.gates["a"].set()
    await settle()
    assert slots.under_way == ["c", "d"]
    for name in "cde":
        slots.gates[name].set()
        await settle()
    assert [outcome for outcome in await asyncio.gather(*tasks, *late) if isinstance(outcome, Failure)] == []
    assert slots._free == 2


async def test_a_cancelled_call_loses_no_connection() -> None:
    for steps in range(6):
        slots = Slots(1)
        first, second, third = slots.start(*"abc")
        await settle()
        # Also in the moment between getting the connection and noticing it.
        slots.gates["a"].set()
        for _ in range(steps):
            await asyncio.sleep(0)
        second.cancel()
        await settle()
        assert slots.under_way == ["c"], steps
        slots.gates["c"].set()
        await asyncio.gather(first, third)
        assert second.cancelled()
        assert slots._free == 1


async def test_the_wait_has_a_limit() -> None:
    slots = Slots(1)
    (first,) = slots.start("a")
    await settle()
    (outcome,) = await asyncio.gather(*slots.start("b", timeout=0.001))
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.NEVER_SENT
    slots.gates["a"].set()
    await first
    assert slots._free == 1


def test_headers_as_text() -> None:
    raw = [(b"X-A", b"1"), (b"x-a", b"2"), (b"X-UTF", "ü".encode()), (b"X-Latin", b"\xfc")]
    assert read_headers(raw) == {"x-a": "1, 2", "x-utf": "ü", "x-latin": "ü"}
