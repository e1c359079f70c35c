"""Runs in a candidate's environment: runs the workloads named on standard input, and reports what they cost.

Arguments: the candidate, the URL of the server. A line of input is ``<how> <work> <amount>``: ``time`` gives
seconds, ``held`` the bytes that the result holds, ``peak`` the largest memory of the process so far.
"""

import contextlib
import gc
import json
import resource
import sys
import time
import tracemalloc
from collections.abc import Callable
from importlib import import_module
from pathlib import Path


def timed(work: Callable[[int], object], amount: int) -> dict[str, float]:
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    result = work(amount)
    report = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    del result  # freeing it is not part of the work
    return report


def held(work: Callable[[int], object], amount: int) -> dict[str, float]:
    gc.collect()
    tracemalloc.start()
    result = work(amount)
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del result
    return {"bytes": size / amount}


def peak(work: Callable[[int], object], amount: int) -> dict[str, float]:
    work(amount)
    return {"bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}


def main() -> None:
    name, url = sys.argv[1:]
    sys.path[0] = str(Path(__file__).parent)
    answers = sys.stdout
    batch = json.loads(sys.stdin.readline())
    workloads = import_module(f"candidates.{name}").workloads(url, batch)
    print(json.dumps(sorted(workloads)), file=answers, flush=True)
    for line in sys.stdin:
        how, work, amount = line.split()
        with contextlib.redirect_stdout(sys.stderr):
            report = {"time": timed, "held": held, "peak": peak}[how](workloads[work], int(amount))
        print(json.dumps(report), file=answers, flush=True)


if __name__ == "__main__":
    main()
