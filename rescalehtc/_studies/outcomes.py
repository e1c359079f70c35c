"""What the service accepted of a submission, according to its responses and the tags of the jobs."""

from __future__ import annotations

from rescalehtc_generated.models.htc_job import HTCJob
from rescalehtc_generated.models.htc_job_submit_request import HTCJobSubmitRequest
from rescalehtc_generated.models.tag import Tag

from .._records.odd_values import entries, text
from .._records.parts import Part, PartState
from .._records.submission import Submission
from ..exceptions import HtcSubmissionError

MARKER = "rescalehtc-part"
"""Name of the tag by which the jobs of a part are found again; its value is unique to the batch."""


def marker(submission: Submission, number: int, position: int) -> str:
    """Value of the tag of one batch: from the number of its part and its position there."""
    return f"{submission.id}/{number}/{position}"


def accept(part: Part, accepted: list[HTCJobSubmitRequest]) -> bool:
    """Record a response in a part. Returns whether it names every batch."""
    # At run time even a promised ID may be missing.
    parents: list[str | None] = [text(getattr(batch, "parent_job_id", None)) or None for batch in accepted]
    if len(parents) == len(part.batches) and None not in parents:
        part.state, part.parent_job_ids = PartState.ACCEPTED, parents
        return True
    known = sum(parent is not None for parent in parents)
    part.state = PartState.UNKNOWN
    part.problem = f"the response names {known} of {len(part.batches)} batches"
    return False


def not_all_submitted(submission: Submission, reason: str | None) -> HtcSubmissionError:
    """The exception for a submission that is not complete."""
    error = HtcSubmissionError(f"Not all jobs were submitted ({submission.summary}): {reason}")
    error.submission = submission
    return error


class Unknowns:
    """The parts in doubt, whose jobs are looked up in the task.

    Attributes:
        parts: The parts in doubt.
    """

    def __init__(self, submission: Submission) -> None:
        self.parts = submission.in_state(PartState.UNKNOWN)
        self._wanted: dict[str | None, tuple[Part, int]] = {
            marker(submission, number, position): (part, position)
            for number, part in enumerate(submission.parts)
            if part.state is PartState.UNKNOWN
            for position in range(len(part.batches))
        }
        for part in self.parts:
            part.parent_job_ids = [None] * len(part.batches)

    def find(self, job: HTCJob) -> bool:
        """Look at a job of the task. Returns whether all batches are found."""
        job_id = text(job.job_uuid)
        for tag in entries(job.tags, Tag):
            if tag.key == MARKER and job_id and (found := self._wanted.pop(text(tag.value), None)):
                part, position = found
                part.parent_job_ids[position] = job_id.rpartition(":")[0] or job_id
        return not self._wanted

    def settle(self, *, repeat: bool) -> None:
        """Record what was found; with ``repeat``, parts of which nothing was found are sent again."""
        for part in self.parts:
            missing = part.parent_job_ids.count(None)
            if not missing:
                part.state, part.problem = PartState.ACCEPTED, None
            elif repeat and missing == len(part.batches):
                part.state, part.parent_job_ids = PartState.PENDING, []
            else:
                part.problem = f"jobs of {missing} of {len(part.batches)} batches were not found in the task"
