"""A small application: finds the angle with the most lift with jobs, and handles those that fail."""

from __future__ import annotations

import json
from collections.abc import Sequence

import attrs

from rescalehtc import AsyncHtcSession, HtcSession, JobDefinition, aio, get_results, job_logs, submit, wait
from rescalehtc.htctasks import HtcTask
from rescalehtc.waiting import JobCounts

SOLVER = """
import json, os
index = int(os.environ["HTC_JOB_INDEX_OFFSET"]) + int(os.environ["AWS_BATCH_JOB_ARRAY_INDEX"])
angle = json.loads(os.environ["ANGLES"])[index]
print(json.dumps({"angle": angle, "lift": angle * (16 - angle)}))
"""


@attrs.frozen
class Lift:
    """The lift at an angle in degrees."""

    angle: float
    lift: float


class StudyFailed(Exception):
    """No angle could be computed."""


def find_best(session: HtcSession, task: HtcTask, angles: Sequence[float], image: str, interval: float = 1.0) -> Lift:
    """The angle with the most lift among those whose jobs succeed.

    Raises:
        StudyFailed: None succeeded.
    """
    jobs = JobDefinition(
        image_name=image,
        commands=["python3", "-c", SOLVER],
        count=len(angles),
        max_vcpus=1,
        max_memory_mib=256,
        envs={"ANGLES": json.dumps(list(angles))},
    )
    submission = submit(session, task, jobs)
    wait(session, submission, min_interval_seconds=interval)
    done = [result for result in get_results(session, submission) if result.succeeded]
    if not done:
        raise StudyFailed(f"none of {len(angles)} jobs succeeded")
    last_lines = job_logs.get_logs(session, submission, done, last_n_lines=1).values()
    return max((Lift(**json.loads(lines[-1])) for lines in last_lines), key=lambda lift: lift.lift)


async def watch(session: AsyncHtcSession, task: HtcTask, interval: float = 1.0) -> JobCounts:
    """The counts of a task's jobs once all have ended; for example for a web service."""
    return await aio.wait(session, task, min_interval_seconds=interval)
