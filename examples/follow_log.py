"""The log of a running job, line by line as it comes, until the job has ended."""

from __future__ import annotations

import os

from playground import IMAGE, make_task

from rescalehtc import HtcSession, JobDefinition, logs, submit

COUNTDOWN = JobDefinition(
    image_name=IMAGE,
    commands=["sh", "-c", 'for n in 5 4 3 2 1; do echo "$n …"; sleep 0.2; done; echo lift-off'],
    max_vcpus=1,
    max_memory_mib=256,
    timeout_seconds=600,
)
# The service shows new lines after half a minute, a local server at once.
INTERVAL_SECONDS = float(os.environ.get("INTERVAL_SECONDS", "10"))


def main() -> None:
    with HtcSession() as session:
        task = make_task(session, "countdown")
        [job_id] = submit(session, task, COUNTDOWN).job_ids
        lines = logs.follow(
            session, task.project_id, task.task_id, job_id, interval=INTERVAL_SECONDS, settle=INTERVAL_SECONDS
        )
        for line in lines:
            print(line, flush=True)


if __name__ == "__main__":
    main()
