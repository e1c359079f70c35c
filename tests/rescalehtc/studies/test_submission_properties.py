"""Whatever goes wrong, in whatever order: resumed often enough, every job is submitted exactly once."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rescalehtc.definitions import INDEX_OFFSET, JobDefinition
from rescalehtc.exceptions import HtcBadRequestError, HtcConnectionError, HtcServerError, HtcSubmissionError
from rescalehtc.submission import PartState, Submission, submit
from tests.support.both_kinds import sync_session
from tests.support.memory_service import MemoryService

pytestmark = pytest.mark.slow


def refused() -> BaseException:
    error = HtcBadRequestError("no", 400)
    error.maybe_received = False
    return error


def not_sent() -> BaseException:
    error = HtcConnectionError("no connection")
    error.maybe_received = False
    return error


BEFORE = {"refused": refused, "not sent": not_sent}
AFTER = {
    "lost": lambda: HtcConnectionError("the connection broke"),
    "gateway": lambda: HtcServerError("bad gateway", 502),
    "interrupted": KeyboardInterrupt,
}


@settings(deadline=None, max_examples=150)
@given(
    events=st.lists(st.sampled_from(["ok", *BEFORE, *AFTER]), max_size=12),
    counts=st.lists(st.integers(1, 7), min_size=1, max_size=3),
    jobs_per_batch=st.integers(1, 3),
    batches_per_call=st.integers(1, 3),
    with_journal=st.booleans(),
)
def test_every_job_exactly_once(
    events: list[str],
    counts: list[int],
    jobs_per_batch: int,
    batches_per_call: int,
    with_journal: bool,
) -> None:
    service = MemoryService()
    session = sync_session(service)
    for number, event in enumerate(events, 1):
        if event in BEFORE:
            service.before_submit[number] = BEFORE[event]()
        elif event in AFTER:
            service.after_submit[number] = AFTER[event]()
    jobs = [JobDefinition(image_name=f"image{n}:v1", count=count) for n, count in enumerate(counts)]
    task: Any = SimpleNamespace(project_id="p1", task_id="t1")
    # Without a journal the submission is handed over in memory; an interruption leaves it as a callback saw it.
    held: list[Submission] = []
    broken_off: list[Submission] = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(len(events) + 1):
            how: dict[str, Any] = {"journal": Path(folder) / "journal"} if with_journal else {"resume": last(held)}
            try:
                done = submit(
                    session,
                    task,
                    jobs,
                    jobs_per_batch=jobs_per_batch,
                    batches_per_call=batches_per_call,
                    on_progress=held.append,
                    **how,
                )
                break
            except HtcSubmissionError as error:
                broken_off.append(error.submission)
            except KeyboardInterrupt:
                pass
        else:
            raise AssertionError("it never came to an end")

    assert not any(submission.in_state(PartState.SENDING) for submission in broken_off)
    ran = [
        (batch["htcJobDefinition"]["imageName"], start + index)
        for batch in service.batches
        for start in [int(batch["htcJobDefinition"]["envs"][0]["value"])]
        for index in range(batch["batchSize"])
    ]
    assert all(batch["htcJobDefinition"]["envs"][0]["name"] == INDEX_OFFSET for batch in service.batches)
    assert sorted(ran) == sorted((job.image_name, index) for job in jobs for index in range(job.count))
    assert done.complete
    assert sorted(done.parent_job_ids) == sorted(batch["parentJobId"] for batch in service.batches)
    assert len(list(done.job_ids)) == sum(counts)


def last(held: list[Submission]) -> Submission | None:
    return held[-1] if held else None
