"""A submission is interrupted, and resumed from its journal: no job is submitted twice, none is forgotten."""

from __future__ import annotations

from contextlib import suppress

from playground import IMAGE, make_task

from rescalehtc import HtcSession, JobDefinition, get_results, submit, wait
from rescalehtc.submission import Submission

JOURNAL = "submission.json"
JOBS = JobDefinition(
    image_name=IMAGE,
    commands=["sh", "-c", "echo $((HTC_JOB_INDEX_OFFSET + AWS_BATCH_JOB_ARRAY_INDEX))"],
    count=30,
    max_vcpus=1,
    max_memory_mib=256,
)


def interrupt(submission: Submission) -> None:
    """Stands for anything that can happen to a program after its first call, such as a closed laptop."""
    if submission.job_count:
        print("interrupted:", submission)
        raise KeyboardInterrupt


def main() -> None:
    with HtcSession() as session:
        task = make_task(session, "resumed")
        # Small calls, so that there is something to interrupt: by default, one call takes 100 000 jobs.
        with suppress(KeyboardInterrupt):
            submit(session, task, JOBS, journal=JOURNAL, jobs_per_batch=5, batches_per_call=2, on_progress=interrupt)

        # Later, perhaps in another process: the same call continues where it stopped.
        submission = submit(session, task, JOBS, journal=JOURNAL, jobs_per_batch=5, batches_per_call=2)
        print("resumed:", submission)
        wait(session, submission, deadline_seconds=600, raise_on_failure=True)
        indexes = [result.index for result in get_results(session, task)]
        print("every job ran exactly once:", sorted(index or 0 for index in indexes) == list(range(JOBS.count)))


if __name__ == "__main__":
    main()
