"""Three jobs say hello."""

from __future__ import annotations

from playground import IMAGE, make_task

from rescalehtc import HtcSession, JobDefinition, job_logs, submit, wait

HELLO = JobDefinition(
    image_name=IMAGE,
    commands=["sh", "-c", 'echo "Hello from job $AWS_BATCH_JOB_ARRAY_INDEX"'],
    count=3,
    max_vcpus=1,
    max_memory_mib=256,
    timeout_seconds=300,
)


def main() -> None:
    with HtcSession() as session:
        task = make_task(session, "hello")
        submission = submit(session, task, HELLO)
        print(wait(session, submission, deadline_seconds=600, raise_on_failure=True, failure_log_lines=5))
        for lines in job_logs.get_logs(session, submission, submission.job_ids).values():
            print(*lines, sep="\n")


if __name__ == "__main__":
    main()
