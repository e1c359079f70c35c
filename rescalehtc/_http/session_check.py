"""Checks the arguments of every high-level function: the session's kind, and the target."""

from __future__ import annotations

from rescalehtc_generated.client import check_session

from ..exceptions import HtcPayloadError


def check_sync(session: object, function: str, target: object = None) -> None:
    """Make sure that a sync function was given a sync session, and a target with identifiers if it has one.

    Raises:
        HtcPayloadError: It was not.
    """
    check_session(session, "sync", function)
    _check_target(function, target)


def check_async(session: object, function: str, target: object = None) -> None:
    """Make sure that an async function was given an async session, and a target with identifiers if it has one.

    Raises:
        HtcPayloadError: It was not.
    """
    check_session(session, "async", function)
    _check_target(function, target)


def _check_target(function: str, target: object) -> None:
    if isinstance(target, str | bytes | int):
        raise HtcPayloadError(
            f"{function}() takes an object such as a task, not {type(target).__name__}: get the task with "
            "api.get_htc_projects_tasks(session, project_id, task_id)."
        )
