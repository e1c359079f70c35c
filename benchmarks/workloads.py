"""What is measured, and the goals."""

from __future__ import annotations

from dataclasses import dataclass

CANDIDATES = {
    "ours": "ours, sync",
    "ours_async": "ours, async",
    "ours_httpx2": "ours, sync, httpx2",
    "ours_async_httpx2": "ours, async, httpx2",
    "ours_async_httpx": "ours, async, httpx",
    "httpcore": "httpcore alone",
    "aiohttp": "aiohttp alone",
    "old": "1.1.0",
    "default": "default generator output",
    "floor": "httpx + orjson, untyped",
}
AT_HAND = ("ours", "ours_async", "httpcore", "aiohttp", "floor")
"""Candidates that run in the project's own environment too."""
TRANSPORTS = {
    "ours": "httpx",
    "ours_async": "aiohttp",
    "ours_httpx2": "httpx2",
    "ours_async_httpx2": "httpx2",
    "ours_async_httpx": "httpx",
}
"""The library that our candidates use for calls; otherwise they share the environment and the code."""
CALLS = {"ours_httpx2": "ours", "ours_async_httpx2": "ours_async", "ours_async_httpx": "ours_async"}
"""Candidates that only make single calls, and whose code they run."""


@dataclass(frozen=True)
class Workload:
    """Work that all candidates do, as far as they can.

    Attributes:
        name: Its name in the candidates' modules.
        title: What it is.
        amount: Amount of work in one round.
        unit: Unit of that amount.
        goals: Which candidates are compared, by CPU or wall time, and the target ratio.
    """

    name: str
    title: str
    amount: int
    unit: str
    goals: tuple[tuple[str, str, str, float], ...] = ()


WORKLOADS = (
    Workload(
        "get",
        "one GET",
        1000,
        "call",
        (
            ("ours", "floor", "cpu", 0.75),
            ("ours", "old", "cpu", 0.42),
            ("ours", "httpcore", "cpu", 1.1),
            ("ours_async", "aiohttp", "cpu", 1.5),
        ),
    ),
    Workload(
        "list_100",
        "list jobs, pages of 100",
        20_000,
        "job",
        (("ours", "floor", "cpu", 0.9), ("ours", "old", "cpu", 0.7)),
    ),
    Workload("list_1000", "list jobs, pages of 1000", 20_000, "job", (("ours", "floor", "cpu", 1.2),)),
    Workload("decode", "pages of 100 jobs decoded, without a call", 20_000, "job", (("ours", "floor", "cpu", 2.0),)),
    Workload("log_list", "log lines to a list, with times", 200_000, "line", (("ours", "floor", "cpu", 2.0),)),
    Workload("log_text", "log lines to a list, text alone", 200_000, "line", (("ours", "floor", "cpu", 1.3),)),
    Workload("log_file", "log lines to a file", 200_000, "line", (("ours", "floor", "cpu", 1.0),)),
    Workload(
        "statuses",
        "status calls, many at once",
        2_000,
        "call",
        (("ours_async", "old", "wall", 0.3), ("ours_async", "aiohttp", "cpu", 2.0)),
    ),
    Workload("submit", "submit 100 batches, one a call", 100, "call"),
)
