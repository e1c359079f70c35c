"""A parameter sweep: each job computes the lift at one angle; the results become a table and a CSV file."""

from __future__ import annotations

import csv
import json
from typing import Any

from playground import IMAGE, make_task

from rescalehtc import HtcSession, JobDefinition, get_results, job_logs, submit, wait

ANGLES = [angle / 2 for angle in range(-4, 21)]

# Runs in the container. A job finds its place in the whole sweep, however the jobs were split into batches.
SOLVER = f"""
import json, math, os
index = int(os.environ["HTC_JOB_INDEX_OFFSET"]) + int(os.environ["AWS_BATCH_JOB_ARRAY_INDEX"])
angle = {ANGLES}[index]
stall = 1 / (1 + math.exp(angle - 8))
print("solving for", angle, "degrees")
print(json.dumps({{"angle": angle, "lift": round(2 * math.pi * math.radians(angle) * stall, 4)}}))
"""


def main() -> None:
    with HtcSession() as session:
        task = make_task(session, "lift")
        sweep = JobDefinition(
            image_name=IMAGE, commands=["python3", "-c", SOLVER], count=len(ANGLES), max_vcpus=1, max_memory_mib=256
        )
        submission = submit(session, task, sweep, jobs_per_batch=10)
        wait(session, submission, deadline_seconds=600, raise_on_failure=True, failure_log_lines=5)

        results = get_results(session, submission)
        last_lines = job_logs.get_logs(session, submission, results, last_n_lines=1)
        # Records are flat dictionaries: pandas.DataFrame(rows) works as well.
        rows: list[dict[str, Any]] = [
            {**json.loads(last_lines[record["job_id"]][-1]), **record} for record in results.to_records()
        ]

    rows.sort(key=lambda row: row["angle"])
    for row in rows:
        print(f"{row['angle']:5.1f}°  {row['lift']:7.4f}  {'#' * max(0, round(row['lift'] * 60))}")
    best = max(rows, key=lambda row: row["lift"])
    print(f"{len(rows)} angles, the most lift at {best['angle']} degrees")
    with open("lift.csv", "w", newline="", encoding="utf-8") as file:  # noqa: PTH123
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
