"""``python -m benchmarks``: measure, print the tables, and store them in RESULTS.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median

from . import environments, local_server, measure, million, report
from .workloads import AT_HAND, CANDIDATES, WORKLOADS

RESULTS = Path(__file__).with_name("RESULTS.md")
MEGABYTE = 1e6
NOTES = """\
Every candidate runs in an environment of its own and does the same work against a server on the same machine that
sends prepared bytes. They take turns; a figure is the median of the rounds, ± is the median distance from it, × the
ratio to bare httpx and orjson. Compare within a row, not between runs. "ours, sync" uses httpx, "ours, async" aiohttp,
unless the name says otherwise; httpcore and aiohttp alone are the limits. "ours, async" opens new connections in every
workload; status calls run 50 at a time, for 1.1.0 and "ours, sync" in 10 threads. 1.1.0 only supports pages of 100
jobs. The default generator output raises on a null, so its responses have none. The untyped candidates return text for
timestamps, ours return `datetime`s.
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a little of everything, to check that it runs")
    parser.add_argument("--rounds", type=int, default=9, help="rounds that count (default 9)")
    parser.add_argument("--only", action="append", help="only these workloads; does not store the result")
    parser.add_argument("--output", type=Path, default=RESULTS, help="file for the tables")
    options = parser.parse_args()
    if options.quick:
        environments.use_this_one()
    names = AT_HAND if options.quick else tuple(CANDIDATES)
    number, scale = (1, 0.01) if options.quick else (options.rounds, 1.0)
    workloads = [work for work in WORKLOADS if not options.only or work.name in options.only]
    others: list[tuple[str, str, str, bool]] = []
    with measure.server() as url:
        times = measure.rounds(workloads, url, number, scale, names=names)
        text = ["## Times", "", *report.times_tables(workloads, times, scale)]
        if not options.only:
            text += _memory(url, scale, names, others)
        if not options.only and not options.quick:
            text += _growth(url)
    if not options.only:
        text += _imports(1 if options.quick else 25, names, others)
        text += _regenerate(1 if options.quick else 3, others)
    if not options.only:
        text += local_server.tables(others, options.quick)
        text += million.tables((1_000, 2_000) if options.quick else million.SIZES, others)
    head = ["# Benchmark", "", "Made by `make bench`. Do not edit.", "", *report.machine(names), "", NOTES]
    text = [*head, "## Goals", "", *report.goals_table(workloads, times, others), "", *text]
    written = "\n".join(text).rstrip() + "\n"
    print(written)
    if not options.only and not options.quick:
        options.output.write_text(written, encoding="utf-8")
        print(f"stored in {options.output}", file=sys.stderr)
    return 0


def _memory(url: str, scale: float, names: tuple[str, ...], others: list[tuple[str, str, str, bool]]) -> list[str]:
    amount = max(200, int(10_000 * scale))
    rows: list[list[str]] = []
    sizes = {name: measure.memory(url, name, "held", "list_100", amount) for name in names}
    floor = sizes["floor"] or 1
    for name, size in sizes.items():
        if size is not None:
            rows.append([CANDIDATES[name], f"{size:.0f}", f"{size / floor:.2f}"])
    ratio = (sizes["ours"] or 0) / floor
    others.append(("memory per listed job, ours ÷ untyped dictionaries", "≤ 0.75", f"{ratio:.2f}", ratio <= 0.75))
    text = ["## Memory", "", *report.table(["a listed job", "bytes", "ratio"], rows), ""]
    rows = []
    small, large = max(1000, int(2_000 * scale)), max(2000, int(200_000 * scale))
    for name in ("ours", "ours_async", "floor"):
        peaks = [measure.memory(url, name, "peak", "stream", amount) or 0 for amount in (small, large)]
        grown = (peaks[1] - peaks[0]) / MEGABYTE
        rows.append([CANDIDATES[name], *(f"{peak / MEGABYTE:.1f}" for peak in peaks), f"{grown:+.1f}"])
        if name != "floor":
            what = f"streaming {large} jobs, {CANDIDATES[name]}: more memory than for {small}"
            others.append((what, "≤ 10 MB", f"{grown:+.1f} MB", grown <= 10))
    head = ["peak memory of the process, MB", f"{small} jobs streamed", f"{large} jobs", "difference"]
    return [*text, *report.table(head, rows), ""]


def _growth(url: str) -> list[str]:
    workloads = [work for work in WORKLOADS if work.name != "submit"]
    # The default output would take as long as all the others together, and would show nothing new.
    names = [name for name in CANDIDATES if name != "default"]
    times = measure.rounds(workloads, url, 1, 10, warm=False, names=names)
    return ["## Growth: ten times as much, one round", "", *report.times_tables(workloads, times, 10)]


def _imports(number: int, names: tuple[str, ...], others: list[tuple[str, str, str, bool]]) -> list[str]:
    results = measure.imports(number, names)
    took = {title: median(seconds) * 1000 for title, (seconds, _) in results.items()}
    rows = [[title, f"{took[title]:.0f}", str(modules)] for title, (_, modules) in results.items()]
    for title, base, limit in (
        ("import rescalehtc", "python alone", 1),
        ("… and a session", "import httpx", 3),
    ):
        more = median(one - other for one, other in zip(results[title][0], results[base][0], strict=True)) * 1000
        others.append((f"{title}, more than {base}", f"≤ {limit} ms", f"{more:+.1f} ms", more <= limit))
    return ["## Import", "", *report.table(["a program that only does this", "ms", "modules"], rows), ""]


def _regenerate(number: int, others: list[tuple[str, str, str, bool]]) -> list[str]:
    seconds = median(measure.regenerate(number))
    others.append(("regenerate everything", "≤ 5 s", f"{seconds:.1f} s", seconds <= 5))
    return []


if __name__ == "__main__":
    raise SystemExit(main())
