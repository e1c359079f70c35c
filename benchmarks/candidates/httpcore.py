"""httpcore and orjson, nothing else: the limit of a sync call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpcore
import orjson

PROJECT, JOB = "p", "j:0"


def workloads(url: str, batch: dict[str, Any]) -> dict[str, Callable[[int], object]]:
    pool = httpcore.ConnectionPool()
    one = f"{url}/htc/projects/{PROJECT}/tasks/t/jobs/{JOB}"
    headers = {"host": "127.0.0.1", "authorization": "Bearer benchmark", "accept": "application/json"}
    extensions = {"timeout": {"connect": 10.0, "read": 120.0, "write": 120.0, "pool": 120.0}}

    def get(count: int) -> None:
        for _ in range(count):
            response = pool.request("GET", one, headers=headers, extensions=extensions)
            assert response.status == 200
            orjson.loads(response.content)

    return {"get": get}
