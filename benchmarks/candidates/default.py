"""What openapi-python-client generates from our description without our templates. Its jobs must not contain a null."""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from rescale_htc_api_client import AuthenticatedClient
from rescale_htc_api_client.api.job import get_job, list_job_logs, list_jobs, submit_jobs
from rescale_htc_api_client.models import HTCJobSubmitRequest

PROJECT, JOB = "p", "j:0"


def workloads(url: str, batch: dict[str, Any]) -> dict[str, Callable[[int], object]]:
    url = url.replace("/api/", "/plain/api/")
    client = AuthenticatedClient(base_url=url, token="benchmark")
    # This client requires callers to pass even what only the service sets.
    form = {**batch, "parentJobId": ""}

    def pages(read: Callable[[dict[str, Any]], Any]) -> list[Any]:
        items: list[Any] = []
        cursor: dict[str, Any] = {}
        while True:
            page = read(cursor)
            items += page.items
            if not page.next_:
                return items
            cursor = {"page_index": parse_qs(urlsplit(page.next_).query)["pageIndex"][0]}

    def get(count: int) -> None:
        for _ in range(count):
            get_job.sync(PROJECT, "t", JOB, client=client)

    def list_of(size: int) -> Callable[[int], object]:
        return lambda count: pages(
            lambda cursor: list_jobs.sync(PROJECT, str(count), client=client, page_size=size, **cursor)
        )

    def log_list(count: int) -> object:
        return pages(
            lambda cursor: list_job_logs.sync(PROJECT, "t", str(count), client=client, page_size=5000, **cursor)
        )

    def statuses(count: int) -> None:
        async def main() -> None:
            async with AuthenticatedClient(base_url=url, token="benchmark") as own:
                slots = asyncio.Semaphore(50)

                async def status() -> object:
                    async with slots:
                        return (await get_job.asyncio(PROJECT, "t", JOB, client=own)).status

                await asyncio.gather(*(status() for _ in range(count)))

        asyncio.run(main())

    def submit(count: int) -> None:
        for _ in range(count):
            submit_jobs.sync(PROJECT, "t", client=client, body=[HTCJobSubmitRequest.from_dict(form)])

    return {
        "get": get,
        "list_100": list_of(100),
        "list_1000": list_of(1000),
        "log_list": log_list,
        "statuses": statuses,
        "submit": submit,
    }
