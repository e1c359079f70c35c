"""Times, sorting, enums and plain JSON: what you can do with a job. Passes pyright in strict mode."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

from playground import IMAGE, make_task

from rescalehtc import HtcSession, JobDefinition, api, submit, wait
from rescalehtc.models import HTCJob, HTCJobErrorCodeName, RescaleJobStatus, json_default

SOLVER = 'echo "$AWS_BATCH_JOB_ARRAY_INDEX"; exit $((AWS_BATCH_JOB_ARRAY_INDEX % 3 == 2))'


def running_time(job: HTCJob) -> timedelta:
    if job.started_at is None or job.completed_at is None:
        return timedelta()
    return job.completed_at - job.started_at


def why(job: HTCJob) -> str:
    match job.failure_code:
        case None:
            return "no failure"
        case HTCJobErrorCodeName.ERROR_NON_ZERO_CONTAINER_EXIT_CODE:
            return f"exit code {job.container.exit_code if job.container else None}"
        case code:  # any other member, or a string that this version does not know
            return str(code)


def main() -> None:
    with HtcSession() as session:
        task = make_task(session, "typed")
        wait(session, submit(session, task, JobDefinition(image_name=IMAGE, commands=["sh", "-c", SOLVER], count=6)))
        details = api.get_htc_projects_tasks(session, task.project_id, task.task_id)
        if details.created_at:
            print("created less than a day ago:", datetime.now(UTC) - details.created_at < timedelta(days=1))

        jobs = api.get_htc_projects_tasks_jobs(session, task.project_id, task.task_id)
        slowest = max(jobs, key=running_time)
        print("slowest in all:", all(running_time(job) <= running_time(slowest) for job in jobs))
        print("failed:", sum(job.status == RescaleJobStatus.FAILED for job in jobs))
        print("reasons:", sorted(Counter(why(job) for job in jobs).items()))

        # Under the names of the API, the same job is a mapping of plain JSON.
        by_name = sorted(jobs, key=lambda job: job.job_uuid)
        by_name[0]["note"] = "checked"
        plain = json.loads(json.dumps(by_name, default=json_default))
        print("as JSON:", plain[0]["status"], plain[0]["note"], plain == by_name)


if __name__ == "__main__":
    main()
