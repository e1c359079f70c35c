"""Some jobs of a sweep fail; those, and only those, are submitted again with more memory."""

from __future__ import annotations

from playground import IMAGE, make_task

from rescalehtc import HtcSession, JobDefinition, get_results, submit, wait
from rescalehtc.exceptions import HtcJobsFailedError

# Every third job needs more than it has at first.
SOLVER = """
index=$((HTC_JOB_INDEX_OFFSET + AWS_BATCH_JOB_ARRAY_INDEX))
if [ $((index % 3)) = 0 ] && [ "$MEMORY_MIB" -lt 512 ]; then
    echo "job $index: out of memory with $MEMORY_MIB MiB"
    exit 12
fi
echo "job $index: done"
"""


def solver(memory_mib: int, count: int = 1, first_index: int = 0) -> JobDefinition:
    return JobDefinition(
        image_name=IMAGE,
        commands=["sh", "-c", SOLVER],
        count=count,
        first_index=first_index,
        max_vcpus=1,
        max_memory_mib=memory_mib,
        envs={"MEMORY_MIB": str(memory_mib)},
    )


def main() -> None:
    with HtcSession() as session:
        task = make_task(session, "resubmitted")
        first = submit(session, task, solver(256, count=9))
        try:
            wait(session, first, deadline_seconds=600, raise_on_failure=True, failure_log_lines=1)
        except HtcJobsFailedError as error:
            print(error)

        failed = [result.index for result in get_results(session, first).failed]
        # One job each, under the index that it had in the sweep. A group is counted separately.
        again = [solver(512, first_index=index) for index in failed if index is not None]
        second = submit(session, task, again, group="more-memory")
        wait(session, second, deadline_seconds=600, raise_on_failure=True, failure_log_lines=1)

        done = [result for part in (first, second) for result in get_results(session, part) if result.succeeded]
        print("done:", sorted(result.index for result in done if result.index is not None))


if __name__ == "__main__":
    main()
