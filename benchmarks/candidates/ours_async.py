"""This project, async: every workload in an event loop of its own, with new connections."""

import asyncio
from collections.abc import Awaitable, Callable
from tempfile import TemporaryDirectory
from typing import Any

from rescalehtc import AsyncHtcSession, aio
from rescalehtc.aio import for_each, logs

PROJECT, JOB = "p", "j:0"


def workloads(url: str, batch: dict[str, Any]) -> dict[str, Callable[[int], object]]:
    def work(function: Callable[[AsyncHtcSession, int], Awaitable[object]]) -> Callable[[int], object]:
        async def main(count: int) -> object:
            async with AsyncHtcSession(api_key="benchmark", base_url=url, max_connections=50) as session:
                # The other candidates still have the token and the connections of earlier workloads.
                await session.reauthenticate_if_needed()
                return await function(session, count)

        return lambda count: asyncio.run(main(count))

    async def get(session: AsyncHtcSession, count: int) -> None:
        for _ in range(count):
            await aio.get_htc_projects_tasks_jobs(session, PROJECT, "t", JOB)

    def list_jobs(size: int) -> Callable[[AsyncHtcSession, int], Awaitable[object]]:
        return lambda session, count: aio.get_htc_projects_tasks_jobs(session, PROJECT, str(count), page_size=size)

    async def log_list(session: AsyncHtcSession, count: int) -> object:
        return await aio.get_htc_projects_tasks_jobs_logs(session, PROJECT, "t", str(count))

    async def log_text(session: AsyncHtcSession, count: int) -> object:
        return await logs.read(session, PROJECT, "t", str(count))

    async def log_file(session: AsyncHtcSession, count: int) -> None:
        with TemporaryDirectory() as folder:
            await logs.save(session, PROJECT, "t", str(count), f"{folder}/log")

    async def statuses(session: AsyncHtcSession, count: int) -> None:
        async def status(_: int) -> object:
            return (await aio.get_htc_projects_tasks_jobs(session, PROJECT, "t", JOB)).status

        async for outcome in for_each(range(count), status, limit=50):
            outcome.result()

    async def submit(session: AsyncHtcSession, count: int) -> None:
        for _ in range(count):
            await aio.post_htc_projects_tasks_jobs_batch(session, PROJECT, "t", [batch])

    async def stream(session: AsyncHtcSession, count: int) -> None:
        async for _ in aio.iter_htc_projects_tasks_jobs(session, PROJECT, str(count), page_size=1000):
            pass

    return {
        "get": work(get),
        "list_100": work(list_jobs(100)),
        "list_1000": work(list_jobs(1000)),
        "log_list": work(log_list),
        "log_text": work(log_text),
        "log_file": work(log_file),
        "statuses": work(statuses),
        "submit": work(submit),
        "stream": work(stream),
    }
