"""A whole study: a sweep over two parameters, one tenth of which runs out of memory and is submitted again.

Needs ``pip install pandas "rescalehtc[plot]"``. Leaves ``study.csv`` and the picture ``study.svg``.
"""

from __future__ import annotations

import inspect
import json
from typing import Any

import matplotlib as mpl
import pandas as pd  # pyright: ignore[reportMissingTypeStubs]
from playground import IMAGE, make_task

from rescalehtc import HtcSession, JobDefinition, iter_completed, job_logs, job_side, report, resubmit, submit

CASES: list[dict[str, Any]] = [{"angle": angle, "mesh": mesh} for angle in range(1, 10, 2) for mesh in range(10)]

# Runs in the container, which needs only Python: job_side is one file without dependencies, which is sent along.
SOLVER = """
import math, os, sys
case = parameters()
if case["mesh"] == 9 and int(os.environ["MEMORY_MIB"]) < 512:
    sys.exit("out of memory: mesh 9 needs 512 MiB")
lift = 54 * math.sin(2 * math.radians(case["angle"])) * (1 - 0.1 / (1 + case["mesh"]))
print(json.dumps({"lift": round(lift, 3)}))
"""


def main() -> None:
    solver = JobDefinition(
        image_name=IMAGE,
        commands=["python3", "-c", inspect.getsource(job_side) + SOLVER],
        parameters=CASES,
        max_vcpus=1,
        max_memory_mib=256,
        envs={"MEMORY_MIB": "256"},
    )
    with HtcSession() as session:
        task = make_task(session, "study")
        submission = submit(session, task, solver, journal="study.json")

        lifts: dict[int | None, float] = {}
        while True:
            done = [each for each in iter_completed(session, submission, deadline_seconds=600) if each.succeeded]
            lines = job_logs.get_logs(session, submission, done, last_n_lines=1)
            lifts |= {each.index: json.loads(lines[each.job_id][-1])["lift"] for each in done}
            if len(lifts) == len(CASES):
                break
            print(f"{len(CASES) - len(lifts)} of {len(CASES)} failed: again with twice the memory")
            resubmit(session, submission, max_memory_mib=512, envs={"MEMORY_MIB": "512"})

        print(report.report(session, submission))
        mpl.use("agg")
        # The report of the task includes the failed attempts.
        report.plot(report.report(session, task)).figure.savefig("study.svg")

    table: Any = pd.DataFrame(CASES)
    table["lift"] = pd.Series(lifts)
    table.to_csv("study.csv", index=False)
    print(table.pivot_table(index="angle", columns="mesh", values="lift").round(1))


if __name__ == "__main__":
    main()
