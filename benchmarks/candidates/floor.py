"""Bare httpx and orjson: dictionaries, no checks, no retries. What a hurried engineer would write."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import orjson

PROJECT, JOB = "p", "j:0"


def workloads(url: str, batch: dict[str, Any]) -> dict[str, Callable[[int], object]]:
    headers = {"Authorization": "Bearer benchmark"}
    client = httpx.Client(headers=headers, timeout=120)
    tasks = f"{url}/htc/projects/{PROJECT}/tasks"
    one = f"{tasks}/t/jobs/{JOB}"

    def pages(target: str) -> Iterator[list[dict[str, Any]]]:
        following: str | None = target
        while following:
            response = client.get(following)
            response.raise_for_status()
            page = orjson.loads(response.content)
            yield page["items"]
            following = page.get("next")

    def get(count: int) -> None:
        for _ in range(count):
            orjson.loads(client.get(one).raise_for_status().content)

    def list_of(size: int) -> Callable[[int], object]:
        def list_jobs(count: int) -> object:
            jobs: list[dict[str, Any]] = []
            for page in pages(f"{tasks}/{count}/jobs?pageSize={size}"):
                jobs += page
            return jobs

        return list_jobs

    def decode(count: int) -> None:
        page = client.get(f"{tasks}/100/jobs?pageSize=100").content
        for _ in range(count // 100):
            orjson.loads(page)

    def log_list(count: int) -> object:
        lines: list[dict[str, Any]] = []
        for page in pages(f"{tasks}/t/jobs/{count}/logs?pageSize=5000"):
            lines += page
        return lines

    def log_text(count: int) -> object:
        lines: list[str] = []
        for page in pages(f"{tasks}/t/jobs/{count}/logs?pageSize=5000&sort=asc"):
            lines += [line["message"] for line in page]
        return lines

    def log_file(count: int) -> None:
        with TemporaryDirectory() as folder, Path(folder, "log").open("w", encoding="utf-8") as file:
            for page in pages(f"{tasks}/t/jobs/{count}/logs?pageSize=5000&sort=asc"):
                file.writelines(line["message"] + "\n" for line in page)

    def statuses(count: int) -> None:
        async def main() -> None:
            limits = httpx.Limits(max_connections=50, max_keepalive_connections=50)
            async with httpx.AsyncClient(headers=headers, timeout=120, limits=limits) as own:
                slots = asyncio.Semaphore(50)

                async def status() -> object:
                    async with slots:
                        return orjson.loads((await own.get(one)).raise_for_status().content)["status"]

                await asyncio.gather(*(status() for _ in range(count)))

        asyncio.run(main())

    def submit(count: int) -> None:
        for _ in range(count):
            response = client.post(f"{tasks}/t/jobs/batch", json=[batch])
            orjson.loads(response.raise_for_status().content)

    def stream(count: int) -> None:
        for page in pages(f"{tasks}/{count}/jobs?pageSize=1000"):
            for _ in page:
                pass

    return {
        "get": get,
        "list_100": list_of(100),
        "list_1000": list_of(1000),
        "decode": decode,
        "log_list": log_list,
        "log_text": log_text,
        "log_file": log_file,
        "statuses": statuses,
        "submit": submit,
        "stream": stream,
    }
