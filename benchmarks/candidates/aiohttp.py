"""aiohttp and orjson, nothing else: the limit of an async call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import orjson

PROJECT, JOB = "p", "j:0"


def workloads(url: str, batch: dict[str, Any]) -> dict[str, Callable[[int], object]]:
    one = f"{url}/htc/projects/{PROJECT}/tasks/t/jobs/{JOB}"
    headers = {"Authorization": "Bearer benchmark", "Accept": "application/json"}

    def at_once(workers: int) -> Callable[[int], object]:
        async def main(count: int) -> None:
            limits = aiohttp.ClientTimeout(total=None, connect=10, sock_read=120)
            async with aiohttp.ClientSession(headers=headers, timeout=limits, raise_for_status=True) as session:
                numbers = iter(range(count))

                async def work() -> None:
                    for _ in numbers:
                        async with session.get(one) as response:
                            orjson.loads(await response.read())

                await asyncio.gather(*(work() for _ in range(workers)))

        return lambda count: asyncio.run(main(count))

    return {"get": at_once(1), "statuses": at_once(50)}
