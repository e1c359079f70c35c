"""Checks the first arguments of every high-level function: the kind of session, and the target."""

from __future__ import annotations

import os
from typing import Any

from rescalehtc_generated.client import check_session

from .._records.submission import Submission
from ..exceptions import HtcPayloadError

_NONE: Any = object()


def check_sync(session: object, function: str, target: object = _NONE, needs: str = "task_id") -> None:
    """Make sure that a sync function was given a sync session, and a target with an identifier if it has one.

    Raises:
        HtcPayloadError: It was not.
    """
    check_session(session, "sync", function)
    _check_target(function, target, needs)


def check_async(session: object, function: str, target: object = _NONE, needs: str = "task_id") -> None:
    """Make sure that an async function was given an async session, and a target with an identifier if it has one.

    Raises:
        HtcPayloadError: It was not.
    """
    check_session(session, "async", function)
    _check_target(function, target, needs)


def check_submission(function: str, submission: object) -> None:
    """Make sure that a function was given a submission, or the path of its journal.

    Raises:
        HtcPayloadError: It was not.
    """
    if not isinstance(submission, Submission | str | os.PathLike):
        raise HtcPayloadError(
            f"{function}() takes a submission, as submit() returns it, or the path of its journal, not "
            f"{_kind(submission)}."
        )


def _check_target(function: str, target: object, needs: str) -> None:
    if target is _NONE:
        return
    try:
        found = None if isinstance(target, type) else getattr(target, needs, None)
    except LookupError:  # an object of 1.1.0 without this field
        found = None
    if found is None:
        what = "a task" if needs == "task_id" else "a project or a task"
        raise HtcPayloadError(
            f"{function}() takes an object such as {what}, not {_kind(target)}: get the task with "
            "api.get_htc_projects_tasks(session, project_id, task_id)."
        )


def _kind(value: object) -> str:
    return f"the class {value.__name__}" if isinstance(value, type) else type(value).__name__
