"""What the modules of 1.1.0 (projects, tasks, jobs) share."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from ..exceptions import HtcException

logger = logging.getLogger("RESCALEHTC")

T = TypeVar("T")

FRESH_FOR = timedelta(seconds=15)
"""How long an object answers from what it fetched last; the service refreshes every 30 seconds."""

LONG_AGO = timedelta(hours=1)


def utc_now() -> datetime:
    """The time with its zone: comparisons stay right when the clock of the machine changes to summer time."""
    return datetime.now(UTC)


def is_fresh(moment: datetime) -> bool:
    """Whether something fetched at ``moment`` need not be fetched again yet."""
    return utc_now() - moment <= FRESH_FOR


def require(value: object, kind: type[T], name: str) -> T:
    """``value``, if it is of the right kind.

    Raises:
        HtcException: It is not.
    """
    if not isinstance(value, kind):
        raise HtcException(f"The argument {name} must be a {kind.__name__}, not a {type(value).__name__}.")
    return value


def any_status(status: str | None) -> bool:
    """Whether a status filter of 1.1.0 matches everything."""
    return status in ("any", "all", None)


def is_missing(error: HtcException) -> bool:
    """Whether a call failed because the service has no such object."""
    return error.status_code == 404
