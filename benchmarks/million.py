"""``python -m benchmarks.million``: a whole study against a service that responds from memory.

Submits the jobs, waits for them and reads every result, each size in a process of its own: the cost per job must
not grow with their number, and memory must stay below a limit.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

SIZES = (10_000, 100_000, 1_000_000)
_GOAL_MB, _GOAL_GROWTH = 150.0, 1.1
_STEPS = ("submit", "wait", "iterate", "completed")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.million", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--study", nargs=2, metavar=("URL", "JOBS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.study:
        print(json.dumps(study(options.study[0], int(options.study[1]))))
        return 0
    print("\n".join(tables(options.sizes, [])))
    return 0


def tables(sizes: Sequence[int], others: list[tuple[str, str, str, bool]]) -> list[str]:
    """The section of RESULTS.md; its goals are added to the others."""
    rows = [_measure(size) for size in sizes]
    *smaller, largest = rows
    middle = smaller[-1] if smaller else largest
    peak = largest["peak_mb"]
    what = f"a study of {largest['jobs']} jobs"
    others.append((f"{what}, peak memory", f"≤ {_GOAL_MB:.0f} MB", f"{peak:.0f} MB", peak <= _GOAL_MB))
    growth = (_cpu(largest) / largest["jobs"]) / (_cpu(middle) / middle["jobs"])
    title = f"{what}, CPU per job ÷ that of {middle['jobs']} jobs"
    others.append((title, f"≤ {_GOAL_GROWTH:.2f}", f"{growth:.2f}", growth <= _GOAL_GROWTH))
    note = "Against a service in another process with pages of 1000, held in memory; each size in a process of its own."
    return ["## A study of many jobs", "", note, "", _table(rows), ""]


def _cpu(row: dict[str, Any]) -> float:
    return sum(row[f"{step}_cpu"] for step in _STEPS)


def study(url: str, number: int) -> dict[str, Any]:
    """Run a study. Returns its times in seconds and its peak memory in MB."""
    from rescalehtc import HtcSession, JobDefinition, iter_completed, iter_results, submit, wait

    figures: dict[str, Any] = {"jobs": number, "start_mb": _peak()}
    task = SimpleNamespace(project_id="p", task_id="t")
    with HtcSession(api_key="benchmark-key", base_url=url) as session, TemporaryDirectory() as folder:
        jobs = JobDefinition(image_name="solver:v2", commands=["solve"], count=number, max_vcpus=1)
        with _timed(figures, "submit"):
            submission = submit(session, task, jobs, journal=Path(folder) / "journal")
        with _timed(figures, "wait"):
            counts = wait(session, submission, min_interval_seconds=0.01, max_interval_seconds=0.01)
        assert counts.succeeded == number
        with _timed(figures, "iterate"):
            assert sum(result.succeeded for result in iter_results(session, submission, page_size=1000)) == number
        with _timed(figures, "completed"):
            found = sum(result.succeeded for result in iter_completed(session, submission, page_size=1000))
        assert found == number
    figures["peak_mb"] = _peak()
    return figures


class _timed:
    def __init__(self, figures: dict[str, Any], name: str) -> None:
        self._figures, self._name = figures, name

    def __enter__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self._figures[self._name] = time.perf_counter() - self._wall
        self._figures[f"{self._name}_cpu"] = time.process_time() - self._cpu


def _peak() -> float:
    scale = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def _measure(size: int) -> dict[str, Any]:
    server = subprocess.Popen([sys.executable, "-m", "benchmarks.study_server"], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        command = [sys.executable, "-m", "benchmarks.million", "--study", url, str(size)]
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(run.stdout)
    finally:
        server.terminate()
        server.wait()


def _table(rows: list[dict[str, Any]]) -> str:
    lines = [
        "| jobs | submit, s | wait, s | iter_results, s | iter_completed, s | submit, µs/job | results, CPU µs/job "
        "| iter_completed, CPU µs/job | peak memory, MB | more than at the start, MB |",
        "|" + "---|" * 10,
    ]
    for row in rows:
        seconds = " | ".join(f"{row[step]:.2f}" for step in _STEPS)
        each = " | ".join(f"{1e6 * row[name] / row['jobs']:.2f}" for name in ("submit", "iterate_cpu", "completed_cpu"))
        more = row["peak_mb"] - row["start_mb"]
        jobs = f"{row['jobs']:,}".replace(",", " ")
        lines.append(f"| {jobs} | {seconds} | {each} | {row['peak_mb']:.0f} | {more:.0f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
