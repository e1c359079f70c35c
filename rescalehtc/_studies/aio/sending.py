"""Sends the parts of a submission, and settles those whose response was lost."""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeAlias

from rescalehtc_generated.api.container_registry import get_image_status
from rescalehtc_generated.api.job import list_jobs, submit_jobs
from rescalehtc_generated.client import AsyncSession
from rescalehtc_generated.models.htc_job_submit_request import HTCJobSubmitRequest
from rescalehtc_generated.models.tag import Tag

from ..._records.parts import Batch, Part, PartState
from ..._records.submission import Submission
from ...exceptions import HtcException
from ..journal import Save
from ..outcomes import MARKER, Unknowns, accept, marker, not_all_submitted
from .images import wait_for_images

Upload: TypeAlias = Callable[[AsyncSession, Submission, Path, str], Awaitable[object]]
"""A function such as ``upload_file``, which uploads a file to the storage of the task."""

INLINE_BYTES = 4096
"""Parameters of a batch up to this size are passed in its environment, larger ones in the storage."""


async def settle_unknown(session: AsyncSession, submission: Submission, unknown: str) -> None:
    """Find out, from the tags of the group's jobs, which of the parts in doubt were accepted.

    Raises:
        HtcSubmissionError: It is still not known, and ``unknown`` is not ``skip``.
    """
    unknowns = Unknowns(submission)
    if unknowns.parts:
        async for job in session.stream(
            list_jobs.call(submission.project_id, submission.task_id, group=submission.group)
        ):
            if unknowns.find(job):
                break
        unknowns.settle(repeat=unknown == "repeat")
    if unknown != "skip" and submission.in_state(PartState.UNKNOWN):
        raise not_all_submitted(submission, "it is not known whether the service has accepted some jobs")


async def send_parts(
    session: AsyncSession,
    submission: Submission,
    save: Save,
    image_deadline_seconds: float | None,
    on_progress: Callable[[Submission], object] | None,
    upload: Upload,
) -> None:
    """Send every part that has not been sent or was refused; large parameters go through ``upload``."""
    unsent = submission.in_state(PartState.PENDING, PartState.REFUSED)
    names = [submission.definitions[batch.definition].image_name for part in unsent for batch in part.batches]
    if image_deadline_seconds is not None:
        await wait_for_images(
            lambda name: session.send(get_image_status.call(submission.project_id, name)), names, image_deadline_seconds
        )
    if on_progress is not None:
        on_progress(submission)
    for number, part in enumerate(submission.parts):
        if part.state in (PartState.PENDING, PartState.REFUSED):
            await _send(session, submission, number, part, save, upload)
            if on_progress is not None:
                on_progress(submission)


async def _send(
    session: AsyncSession, submission: Submission, number: int, part: Part, save: Save, upload: Upload
) -> None:
    payload = [
        await _request(session, submission, batch, marker(submission, number, position), upload)
        for position, batch in enumerate(part.batches)
    ]
    call = submit_jobs.call(submission.project_id, submission.task_id, payload, group=submission.group)
    part.state, part.problem = PartState.SENDING, None
    save()
    try:
        accepted = await session.send(call)
    except HtcException as error:
        part.state = PartState.UNKNOWN if error.maybe_received else PartState.REFUSED
        part.problem = str(error)
        save()
        # Both exceptions say what failed and where; the frames in between would only hide that.
        raise not_all_submitted(submission, str(error)) from error.with_traceback(None)
    except BaseException as interruption:
        part.state, part.problem = PartState.UNKNOWN, type(interruption).__name__
        save()
        raise
    is_complete = accept(part, accepted)
    save()
    if not is_complete:
        raise not_all_submitted(submission, part.problem)


async def _request(
    session: AsyncSession, submission: Submission, batch: Batch, mark: str, upload: Upload
) -> HTCJobSubmitRequest:
    definition = submission.definitions[batch.definition]
    parameters: str | None = None
    if definition.parameters is not None:
        indexes = [batch.index_of(position) for position in range(batch.size)]
        rows = list(definition.parameters_of(indexes))
        parameters = f"[{','.join(rows)}]"
        if len(parameters) > INLINE_BYTES:
            parameters = f".rescalehtc/{mark}.jsonl"
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "parameters"
                path.write_text("\n".join(rows), encoding="utf-8")
                await upload(session, submission, path, parameters)
    return definition.batch(
        batch.first_index,
        batch.size,
        Tag(key=MARKER, value=mark),
        indexes=batch.indexes,
        parameters=parameters,
    )
