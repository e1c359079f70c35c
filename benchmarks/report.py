"""Turns what was measured into the tables of RESULTS.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from .environments import python_of, versions
from .measure import Times
from .workloads import CANDIDATES, Workload

KINDS = ("cpu", "wall")


def machine(names: Sequence[str]) -> list[str]:
    """The machine and the versions."""
    model = platform.processor() or platform.machine()
    for line in _lines("/proc/cpuinfo"):
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    shown = {
        "ours": ("httpx", "httpcore", "httpx2", "aiohttp", "attrs", "orjson", "sniffio"),
        "old": ("rescalehtc", "requests", "urllib3"),
        "floor": ("httpx", "orjson"),
        "httpcore": ("httpcore", "orjson"),
        "aiohttp": ("aiohttp", "orjson"),
        "default": ("httpx", "attrs"),
    }
    text = [
        f"{datetime.now(UTC):%Y-%m-%d}, {model}, {os.cpu_count()} cores, {platform.system()} "
        f"{platform.release()}, CPython {platform.python_version()}.",
        "",
    ]
    for name in [name for name in shown if name in names]:
        packages = shown[name]
        has = versions(python_of(name))
        listing = ", ".join(f"{package} {has[package]}" for package in packages if package in has)
        text.append(f"- {CANDIDATES[name].partition(',')[0]}: {listing}")
    return text


def times_tables(workloads: Sequence[Workload], times: Times, scale: float = 1) -> list[str]:
    """One table for CPU time and one for wall time."""
    text: list[str] = []
    names = [name for name in CANDIDATES if any(name in done for done in times.values())]
    for kind in KINDS:
        title = "CPU time of the client" if kind == "cpu" else "Wall time"
        rows: list[list[str]] = []
        for work in workloads:
            floor = _median(times, work, "floor", kind)
            amount = f"{max(1, int(work.amount * scale)):,}".replace(",", " ")
            row = [f"{work.title} ({amount}), µs/{work.unit}"]
            for name in names:
                value = _median(times, work, name, kind)
                if value is None:
                    row.append("–")
                    continue
                ratio = f" (×{value / floor:.2f})" if floor and name != "floor" else ""
                row.append(f"{_micro(value)} ±{_spread(times, work, name, kind):.0%}{ratio}")
            rows.append(row)
        text += [f"**{title}**", "", *table(["work (amount)", *(CANDIDATES[name] for name in names)], rows), ""]
    return text


def goals_table(workloads: Sequence[Workload], times: Times, others: list[tuple[str, str, str, bool]]) -> list[str]:
    """The goals and the results."""
    rows: list[list[str]] = []
    for work in workloads:
        for name, other, kind, goal in work.goals:
            value, base = _median(times, work, name, kind), _median(times, work, other, kind)
            if value and base:
                rows.append(
                    _goal(f"{work.title}, {CANDIDATES[name]} ÷ {CANDIDATES[other]}, {kind}", value / base, goal)
                )
    rows += [[what, goal, result, _mark(met)] for what, goal, result, met in others]
    return table(["what", "goal", "measured", ""], rows)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table in Markdown."""
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *(f"| {' | '.join(row)} |" for row in rows)]


def _goal(what: str, ratio: float, goal: float) -> list[str]:
    return [what, f"≤ {goal:.2f}", f"{ratio:.2f}", _mark(ratio <= goal)]


def _mark(met: bool) -> str:
    return "met" if met else "missed"


def _median(times: Times, work: Workload, name: str, kind: str) -> float | None:
    values = [cost[kind] for cost in times[work.name].get(name, [])]
    return median(values) if values else None


def _spread(times: Times, work: Workload, name: str, kind: str) -> float:
    values = sorted(cost[kind] for cost in times[work.name][name])
    middle = median(values)
    return median(abs(value - middle) for value in values) / middle


def _micro(seconds: float) -> str:
    value = seconds * 1e6
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
