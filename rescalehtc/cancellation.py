# Derived from rescalehtc/aio/cancellation.py by `make generate`. Do not edit.
"""Cancelling jobs, and waiting until they have ended."""

from __future__ import annotations

from rescalehtc_generated.client import Session

from ._records.cancellation import Cancellation
from ._studies.cancelling import cancel_and_wait
from ._studies.session_check import check_sync
from ._utils.arguments import check_integer, check_seconds
from ._utils.protocols import HasTask

__all__ = ["Cancellation", "cancel"]


def cancel(
    session: Session,
    target: HasTask,
    *,
    group: str | None = None,
    deadline_seconds: float | None = 600.0,
    max_checked: int = 1000,
    others: bool = False,
) -> Cancellation:
    """Cancel the jobs of a submission, a task or a group, and return when all of them have ended.

    The service's response does not mean that every job was cancelled: this asks again until none is left.

    Args:
        session: Session to use.
        target: A submission, or a task.
        group: Only jobs of this group. A submission has its own.
        deadline_seconds: Longest time to wait, None for no limit.
        max_checked: Look at the events of at most N jobs, one call each, to tell the cancelled ones from those that
            failed by themselves.
        others: Cancel jobs of others too if they are in the same group.

    Returns:
        How many were cancelled, and which jobs ended otherwise.

    Raises:
        HtcCancelError: Jobs of others would be cancelled too; nothing was cancelled.
        HtcWaitTimeoutError: Some jobs have not ended in time.
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
    """
    check_sync(session, "cancel", target)
    check_integer("max_checked", max_checked, 0)
    if deadline_seconds is not None:
        check_seconds("deadline_seconds", deadline_seconds)
    return cancel_and_wait(session, target, group, deadline_seconds, max_checked, others)
