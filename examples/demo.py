"""The whole way from start to finish: 20 real jobs on a local server estimate pi together.

Run by ``make demo``. Each job throws darts at a square and prints how many hit the circle; the hits of
all jobs together give pi with an error bar, which the demo checks.
"""

from __future__ import annotations

import math
import sys
import time

from rescalehtc import HtcSession, api, htcprojects, htctasks
from rescalehtc.htcprojects import HtcProject
from rescalehtc.htctasks import HtcTask
from rescalehtc.local import LocalServer
from rescalehtc.models import (
    HTCJobDefinition,
    HTCJobSubmitRequest,
    JobStatusSummary,
    RescaleJobStatus,
)

JOBS = 20
DARTS = 200_000
DEADLINE_SECONDS = 50
DART_THROWER = f"""
import os, random
index = int(os.environ["AWS_BATCH_JOB_ARRAY_INDEX"])
darts = random.Random(index)
hits = sum(darts.random() ** 2 + darts.random() ** 2 < 1 for _ in range({DARTS}))
print(f"job {{index}} of task {{os.environ['RESCALE_HTC_TASK_ID']}} threw {DARTS} darts")
print(f"hits={{hits}}")
"""


def main() -> int:
    """Submit, follow, gather, check; the exit status says whether the result is right."""
    with (
        LocalServer(speed=50, require_images=True) as server,
        HtcSession(api_key=server.api_key, base_url=server.url) as session,
    ):
        print(f"local HTC server at {server.url}")
        project = htcprojects.create_project_with_name(session, "demo", "Estimating pi")
        task = htctasks.create_task_with_name(session, project, "darts", f"{JOBS} dart throwers")
        submit(session, task, make_image(session, project))
        failed = follow(session, task)
        hits = gather(session, task)

    print(f"\n{len(hits)} of {JOBS} jobs returned a result, {failed} failed")
    estimate = 4 * sum(hits) / (DARTS * len(hits))
    error = 4 * math.sqrt(math.pi / 4 * (1 - math.pi / 4) / (DARTS * len(hits)))
    off = abs(estimate - math.pi) / error
    print(f"pi = {estimate:.5f} ± {error:.5f}, {off:.1f} standard errors from the true value")
    return 0 if len(hits) == JOBS and not failed and off < 5 else 1


def make_image(session: HtcSession, project: HtcProject) -> str:
    """The name of an image that is READY in every cloud. The local server creates one for each repository."""
    repository = api.post_htc_projects_container_registry_repo(session, project.project_id, "darts")
    while True:
        image = api.get_htc_projects_container_registry_images(session, project.project_id, "darts:latest")
        if image.status == "READY":
            print("the image is ready")
            return f"{repository.registry_uri}darts:latest"
        time.sleep(0.05)


def submit(session: HtcSession, task: HtcTask, image_name: str) -> None:
    """One batch of jobs, each of which finds its own index in its environment."""
    definition = HTCJobDefinition(
        image_name=image_name,
        commands=[sys.executable, "-c", DART_THROWER],
        max_vcpus=1,
        max_memory=256,
        exec_timeout_seconds=600,
    )
    batches = api.post_htc_projects_tasks_jobs_batch(
        session,
        task.project_id,
        task.task_id,
        [HTCJobSubmitRequest(batch_size=JOBS, htc_job_definition=definition)],
    )
    print(f"submitted batch {batches[0].parent_job_id} of {JOBS} jobs")


def follow(session: HtcSession, task: HtcTask) -> int:
    """Show the number of jobs by status until all have ended; return how many failed."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while True:
        summary = api.get_htc_projects_tasks_summary_statistics(session, task.project_id, task.task_id)
        show(summary)
        counts = summary.job_statuses
        failed = counts.get(RescaleJobStatus.FAILED, 0)
        if failed + counts.get(RescaleJobStatus.SUCCEEDED, 0) >= JOBS:
            print()
            return failed
        if time.monotonic() > deadline:
            raise SystemExit(f"\nthe jobs have not ended within {DEADLINE_SECONDS} seconds")
        time.sleep(0.2)


def show(summary: JobStatusSummary) -> None:
    """Show a progress line, which is overwritten in a terminal."""
    line = "  ".join(f"{status} {count}" for status, count in summary.job_statuses.items() if count)
    print(
        f"\r\033[K{line}" if sys.stdout.isatty() else line,
        end="" if sys.stdout.isatty() else "\n",
        flush=True,
    )


def gather(session: HtcSession, task: HtcTask) -> list[int]:
    """The hits that every job printed; the log of the first one is shown in full."""
    hits: list[int] = []
    for job in api.get_htc_projects_tasks_jobs(session, task.project_id, task.task_id):
        log = api.get_htc_projects_tasks_jobs_logs(session, task.project_id, task.task_id, job.job_uuid, sort="asc")
        if not hits:
            print(f"\nlog of job {job.job_uuid}:")
            for event in log:
                print(f"  {event.timestamp}  {event.message}")
        hits += [int(event.message.removeprefix("hits=")) for event in log if event.message.startswith("hits=")]
    return hits


if __name__ == "__main__":
    sys.exit(main())
