"""Starts the server and the candidates, and runs the workloads on them in turn."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from .environments import ROOT, python_of
from .payloads import BATCH
from .workloads import CALLS, CANDIDATES, TRANSPORTS, Workload

Times = dict[str, dict[str, list[dict[str, float]]]]
"""Workload → candidate → the time of each round."""

IMPORTS = {
    "python alone": ("ours", "pass"),
    "import rescalehtc": ("ours", "import rescalehtc"),
    "… and a session": (
        "ours",
        "import rescalehtc; rescalehtc.HtcSession(api_key='k', base_url='http://127.0.0.1:9/')",
    ),
    "… and all that a first call loads": (
        "ours",
        "import rescalehtc, rescalehtc._http.transports.connections; from rescalehtc_generated.api.job import get_job",
    ),
    "import httpx": ("ours", "import httpx"),
    "1.1.0": ("old", "import rescalehtc, rescalehtc.api"),
    "default generator output": ("default", "import rescale_htc_api_client.api.job.get_job"),
}


@contextmanager
def server() -> Iterator[str]:
    """The URL of a running server."""
    command = [sys.executable, "-m", "benchmarks.server"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/api/v1"
        finally:
            process.stdin.close()


class Candidate:
    """A process in the candidate's environment."""

    def __init__(self, name: str, url: str) -> None:
        self.name = name
        python = python_of("ours" if name in TRANSPORTS else name)
        worker = str(Path(__file__).with_name("worker.py"))
        command = [str(python), "-X", "utf8", worker, CALLS.get(name, name), url]
        self._home = tempfile.TemporaryDirectory()
        self._process = subprocess.Popen(
            command,
            cwd=self._home.name,
            env={
                "HOME": self._home.name,
                "PYTHONHASHSEED": "0",
                "NO_PROXY": "*",
                "RESCALE_HTC_TRANSPORT": TRANSPORTS.get(name, ""),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.workloads: list[str] = self._ask(json.dumps(BATCH))
        if name in CALLS:
            self.workloads = ["get", "statuses"]

    def do(self, how: str, work: str, amount: int) -> dict[str, float]:
        return self._ask(f"{how} {work} {amount}")

    def close(self) -> None:
        self._process.communicate()
        self._home.cleanup()

    def _ask(self, line: str) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self.name} failed at {line[:60]}; its output is above")
        return json.loads(answer)


def rounds(
    workloads: Sequence[Workload],
    url: str,
    number: int,
    scale: float = 1,
    warm: bool = True,
    names: Sequence[str] = tuple(CANDIDATES),
) -> Times:
    """Every candidate runs every workload in turn, after one round that does not count."""
    times: Times = defaultdict(lambda: defaultdict(list))
    with ExitStack() as stack:
        candidates = [Candidate(name, url) for name in names]
        for candidate in candidates:
            stack.callback(candidate.close)
        for work in workloads:
            amount = max(1, int(work.amount * scale))
            for turn in range(number + warm):
                # Another one begins each round, so that none always follows the same neighbour.
                for place in range(len(candidates)):
                    candidate = candidates[(turn + place) % len(candidates)]
                    if work.name not in candidate.workloads:
                        continue
                    cost = candidate.do("time", work.name, amount)
                    if turn or not warm:
                        times[work.name][candidate.name].append({kind: value / amount for kind, value in cost.items()})
            print(f"{work.title}: done", file=sys.stderr, flush=True)
    return times


def memory(url: str, name: str, how: str, work: str, amount: int) -> float | None:
    """Bytes, measured in a separate process."""
    candidate = Candidate(name, url)
    try:
        return candidate.do(how, work, amount)["bytes"] if work in candidate.workloads else None
    finally:
        candidate.close()


def imports(number: int, names: Sequence[str]) -> dict[str, tuple[list[float], int]]:
    """Seconds to start Python and import, measured in turn, and the number of modules loaded.

    What takes little time is measured more often: its differences are small.
    """
    results: dict[str, tuple[list[float], int]] = {}
    programs = {title: program for title, program in IMPORTS.items() if program[0] in names}
    for title, (name, code) in programs.items():
        command = [str(python_of(name)), "-I", "-c", f"{code}\nimport sys; print(len(sys.modules))"]
        listing = subprocess.run(command, check=True, capture_output=True, text=True, cwd="/").stdout
        results[title] = ([], int(listing))
    for turn in range(number * 4):
        chosen = [title for title in programs if turn % 4 == 0 or title in ("python alone", "import rescalehtc")]
        # Each one comes first as often as last.
        for title in chosen if turn % 8 < 4 else reversed(chosen):
            name, code = programs[title]
            results[title][0].append(_seconds([str(python_of(name)), "-I", "-c", code]))
    return results


def regenerate(number: int) -> list[float]:
    """Seconds to regenerate generated/ in another folder."""
    with tempfile.TemporaryDirectory() as folder:
        code = f"from pathlib import Path; from generator.client.build import build; build(output=Path({folder!r}))"
        return [_seconds([sys.executable, "-c", code], ROOT) for _ in range(number)]


def _seconds(command: Iterable[str], folder: Path | None = None) -> float:
    start = time.perf_counter()
    subprocess.run(list(command), check=True, cwd=folder, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
